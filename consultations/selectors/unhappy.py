"""Dissatisfied answers that nobody has judged yet, and whose word they wait for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from committees.grants import is_from_above
from committees.models import Role, RoleGrant
from consultations.models import Rating, Task
from consultations.selectors.cases import acts_in
from consultations.selectors.rules import LocalRules
from consultations.workflow.cases import Stage

ROUNDS = "rehandle_rounds"
# Answers of the round of handling that the case is in; those before it were dealt with by it.
UNJUDGED = Rating.objects.filter(
    case=OuterRef("pk"), round__gte=OuterRef("rounds"), result=Rating.Value.DISSATISFIED,
    justified=None,
)  # fmt: skip


def unhappy_cases(grants: Iterable[RoleGrant]) -> Q:
    """Cases being rated, where the office has answers to judge."""
    mine = Q(pk__in=[])
    for grant in grants:
        if grant.role == Role.COUNTY_OFFICE and not is_from_above(grant):
            mine |= acts_in(grant)
    return mine & Q(stage=Stage.RATING) & Q(Exists(UNJUDGED))


def unhappy_for_leader(grants: Iterable[RoleGrant], limits: LocalRules) -> Q:
    """Those of which a task was handled so often that only the leader has it handled once more.
    They wait for the leader, and the office is told so."""
    mine = Q(pk__in=[])
    for grant in grants:
        known = grant.role in (Role.COUNTY_OFFICE, Role.LEADER) and not is_from_above(grant)
        if known and grant.region:
            rounds = limits.value(ROUNDS, grant.region.code)
            spent = Task.objects.filter(case=OuterRef("pk"), round__gte=rounds)
            mine |= acts_in(grant) & Q(Exists(spent))
    return mine & Q(stage=Stage.RATING) & Q(Exists(UNJUDGED))
