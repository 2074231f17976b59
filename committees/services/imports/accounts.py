"""The accounts that a table names: which exist, which would be made, for whom they are."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from committees import audit
from committees.grants import grants_of
from committees.models import AuditEntry, Role, User
from committees.names import fold
from committees.sealed import masked
from committees.services.activation import ruled_among
from committees.services.imports.columns import Row
from committees.services.imports.lines import Line


class Accounts:
    """The accounts of one table. `made` are those that did not exist before."""

    def __init__(self, rows: Iterable[Row], *, by: User):
        names = {fold(row.cells["username"]) for row in rows if row.cells.get("username")}
        found = User.objects.filter(username__in=names).select_related("member").order_by("pk")
        self.by_name = {fold(user.username): user for user in found}
        self.known = list(self.by_name.values())
        self.ruled = ruled_among(self.known, by=by, role=Role.SYSTEM_ADMIN)
        self.ruled |= ruled_among(self.known, by=by, role=Role.SECURITY_ADMIN)
        self.may_make = by.is_superuser or any(
            grant.role == Role.SYSTEM_ADMIN and grant.region_id for grant in grants_of(by)
        )
        self.made: list[User] = []

    def of(self, line: Line, *, mobile: str) -> User | None:
        """The account of a row, found or to be made; None with the reason at the cell."""
        key = fold(line.get("username"))
        user = self.by_name.get(key)
        if user is None:
            return self._new(line, key, mobile)
        if user.display_name and user.display_name != line.get("name"):
            line.wrong("username", _("This user name belongs to somebody else."))
            return None
        if user.pk and user.pk not in self.ruled:
            line.wrong("username", _("The account has rights beyond your region."))
            return None
        if user.pk and self.may_make:
            self._complete(line, user, mobile)
        return user

    def _new(self, line: Line, key: str, mobile: str) -> User | None:
        if not self.may_make:
            told = _("There is no account of this name; the system administrator makes it first.")
            line.wrong("username", told)
            return None
        user = User(username=key, display_name=line.get("name"), mobile=mobile)
        try:
            user._meta.get_field("username").run_validators(key)
        except ValidationError as wrong:
            line.wrong("username", " ".join(wrong.messages))
            return None
        self.by_name[key] = user

        def write(by: User) -> None:
            user.set_unusable_password()
            user.save()
            self.made.append(user)
            audit.record(AuditEntry.Kind.ADDED, by=by, about=user, facts={"why": "import"})

        line.will(_("new account"), write, adds=True)
        return user

    def _complete(self, line: Line, user: User, mobile: str) -> None:
        """What an account did not say yet, or says otherwise."""
        new = {"display_name": line.get("name")} if not user.display_name else {}
        if mobile and mobile != user.mobile:
            new["mobile"] = mobile
        if not new:
            return
        for name, value in new.items():
            setattr(user, name, value)

        def write(by: User) -> None:
            columns = [*new, "mobile_index"] if "mobile" in new else [*new]
            user.save(update_fields=columns)
            facts = {"why": "import", "what": sorted(new)}
            audit.record(AuditEntry.Kind.CHANGED, by=by, about=user, facts=facts)

        told = _("account: mobile phone %s") % masked(mobile) if "mobile" in new else ""
        line.will(told or _("account: name"), write)
