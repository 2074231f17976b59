"""Move running due dates to the rule in force, on purpose: each with a line of history."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from committees.grants import COUNTY_DIGITS, grants_of, read_once
from committees.models import Region, Role, User
from consultations import calendar
from consultations.selectors.due_moves import digest
from consultations.selectors.local_rules import DUE_RULES, begun_otherwise
from consultations.services.due_dates import move_all
from consultations.workflow.engine import Refused

MOVED = "rule_moved"


def may_move(user: User, region: Region) -> bool:
    """The county office in its own county: from above one looks on."""
    own = (g.region_id for g in grants_of(user) if g.role == Role.COUNTY_OFFICE and g.region_id)
    return any(len(code) >= COUNTY_DIGITS and region.code.startswith(code) for code in own)


@transaction.atomic
@read_once()
def move_to_rule(region: Region, key: str, *, by: User, reason: str, seen: str) -> int:
    """How many moved. Raises `Refused` for somebody else, without a reason, and where the dates
    are others than those `seen`."""
    if not may_move(by, region) or key not in DUE_RULES:
        raise Refused([_("Only the county office moves the due dates of its county.")])
    if not reason.strip():
        raise Refused([_("Write the reason.")])
    calendar.reread()
    moves = begun_otherwise(region, key, user=by)
    if digest(moves) != seen:
        raise Refused([_("The due dates that move are others by now. Look at them once more.")])
    facts = {"rule": key}
    move_all(moves, MOVED, by=by, role=Role.COUNTY_OFFICE, facts=facts, reason=reason.strip()[:500])
    return len(moves)
