"""Accounts and their roles. Who keeps accounts makes them, who grants roles gives them: the same
table does for both, one after the other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.grants import reach
from committees.models import AuditEntry, HandlingUnit, Region, Role, RoleGrant, Studio, User
from committees.services.granting import against_roles
from committees.services.imports.accounts import Accounts
from committees.services.imports.columns import Kind, Row
from committees.services.imports.found import grants_held_by, lies_in, named
from committees.services.imports.lines import Line, Write, checked, chosen, day_of, mobile_of, once
from committees.services.versions import store

SCOPES = {"region": Region, "studio": Studio, "unit": HandlingUnit}
IMPORTERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


class Officers:
    """Looks at the rows of one table in order."""

    def __init__(self, rows: list[Row], *, by: User):
        self.by, self.accounts = by, Accounts(rows, by=by)
        self.held = grants_held_by(self.accounts.known)
        self.places = {name: named(rows, name, model) for name, model in SCOPES.items()}
        self.reach = reach(by, roles=IMPORTERS)
        self.grants_in = reach(by, roles=(Role.SECURITY_ADMIN,))
        self.may_grant = self.grants_in is None or bool(self.grants_in)
        self.seen: dict[tuple[str, ...], int] = {}
        self.planned: dict[str, set[str]] = defaultdict(set)

    def line(self, row: Row) -> Line:
        line = checked(row, Kind.OFFICERS)
        scope = self._scope(line)
        dates = day_of(line, "valid_from"), day_of(line, "valid_until")
        mobile = mobile_of(line)
        key = tuple(line.get(name).casefold() for name in ("username", "role", *SCOPES))
        once(line, key, seen=self.seen, column="username")
        if line.errors:
            return line
        user = self.accounts.of(line, mobile=mobile)
        if user is not None and line.get("role"):
            self._role(line, user, scope, dates)
        return line

    def _scope(self, line: Line) -> dict[str, object]:
        """The one place of the role; a role needs one, and one place needs a role."""
        named_in = [name for name in SCOPES if line.get(name)]
        if line.get("role") and len(named_in) != 1:
            line.wrong("role", _("Choose exactly one of region, studio and unit."))
        if named_in and not line.get("role"):
            line.wrong("role", _("Which role is it for?"))
        found = {n: self.places[n].one(line, n, codes=self.reach) for n in named_in}
        return {name: record for name, record in found.items() if record is not None}

    def _role(
        self, line: Line, user: User, scope: dict[str, object],
        dates: tuple[dt.date | None, dt.date | None],
    ) -> None:  # fmt: skip
        role = chosen(line, "role")
        start, end = dates[0] or timezone.localdate(), dates[1]
        grant = RoleGrant(role=role, valid_from=start, valid_until=end, **scope)
        if end is not None and end < start:
            line.wrong("valid_until", _("The end is before the start."))
            return
        if any(_same(grant, other) for other in self.held.get(user.pk or 0, [])):
            line.notes.append(_("has this role already"))
            return
        if not self.may_grant:
            line.notes.append(_("the security administrator gives the role, with this same table"))
            return
        for reason in self._against(grant, user, line):
            line.wrong("role", reason)
        self.planned[line.get("username").casefold()].add(role)
        line.will(_("role: %s") % grant.get_role_display(), _writer(grant, user), adds=True)

    def _against(self, grant: RoleGrant, user: User, line: Line) -> list[str]:
        reasons = []
        if user.pk == self.by.pk:
            reasons.append(_("Nobody grants a role to himself or herself."))
        if not lies_in(grant.reach, self.grants_in):
            reasons.append(_("You give roles in your own region only."))
        held = {other.role for other in self.held.get(user.pk or 0, []) if _overlap(grant, other)}
        others = (held | self.planned[line.get("username").casefold()]) - {grant.role}
        return reasons + against_roles(grant.role, others)


def _writer(grant: RoleGrant, user: User) -> Write:
    def write(by: User) -> None:
        grant.user = user
        store(grant, by=by)
        facts = {"why": "import", "role": grant.role, "user": user.pk}
        audit.record(AuditEntry.Kind.GRANT_ADDED, by=by, about=grant, region=grant.reach,
                     facts=facts)  # fmt: skip

    return write


def _same(one: RoleGrant, other: RoleGrant) -> bool:
    """The same role at the same place, on a day of both."""
    mine = (one.role, one.region_id, one.studio_id, one.unit_id)
    theirs = (other.role, other.region_id, other.studio_id, other.unit_id)
    return mine == theirs and other.deputy_of_id is None and _overlap(one, other)


def _overlap(one: RoleGrant, other: RoleGrant) -> bool:
    begins = other.valid_until is None or other.valid_until >= one.valid_from
    return begins and (one.valid_until is None or other.valid_from <= one.valid_until)
