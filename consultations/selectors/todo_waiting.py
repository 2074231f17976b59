"""What waits for whom: the records in which a role has the next word, within its own grant only."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from committees.grants import is_from_above
from committees.models import Role, RoleGrant
from committees.parameters import value_for
from consultations.models import Approval, FieldVisit
from consultations.selectors.cases import acts_in, task_scope
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskRole, TaskState

# What waits for whom: the stages (or states) in which a role has the next word.
CASES_WAITING: dict[str, tuple[str, ...]] = {
    Role.COUNTY_OFFICE: (
        Stage.PROPOSED, Stage.APPROVED, Stage.RESEARCH, Stage.NO_CONSENSUS, Stage.FILING,
        Stage.SUPERVISION, Stage.RATING,
    ),
    Role.PARTY_APPROVER: (Stage.PARTY_REVIEW,),
    Role.STUDIO_DIRECTOR: (Stage.APPROVED, Stage.RESEARCH, Stage.SCHEDULED, Stage.DELIBERATED),
    Role.LIAISON: (Stage.DRAFT, Stage.APPROVED, Stage.RESEARCH, Stage.SCHEDULED),
    Role.MEMBER: (Stage.RESEARCH,),
    Role.VILLAGE_CLERK: (Stage.DRAFT,),
}  # fmt: skip
# The value of the local rule `topic_gate` under which topics wait for a role.
DECIDERS: dict[str, str] = {Role.LEADER: "leader", Role.PARTY_APPROVER: "party"}
TASKS_WAITING: dict[str, tuple[str, ...]] = {
    Role.COUNTY_OFFICE: (TaskState.RETURN_REQUESTED, TaskState.REPLIED, TaskState.ANSWERED),
    Role.DISPATCH_OFFICE: (TaskState.RETURN_REQUESTED,),
    Role.UNIT_OFFICER: (TaskState.DISPATCHED, TaskState.HANDLING),
    Role.UNIT_LEADER: (TaskState.HANDLING,),
    Role.MEMBER: (TaskState.ANSWERED,),
    Role.VILLAGE_CLERK: (TaskState.ANSWERED,),
}
# Field research with a visit, and no approval of the Party committee, where it approves research.
VISITED = FieldVisit.objects.filter(case=OuterRef("pk"))
APPROVED = Approval.objects.filter(case=OuterRef("pk"), kind=Approval.Kind.RESEARCH, approved=True)
RESEARCHED = Q(Exists(VISITED), ~Exists(APPROVED), stage=Stage.RESEARCH)


def waiting_cases(grants: Iterable[RoleGrant]) -> Q:
    """Each role waits within its own grant only: a member here may be the office there."""
    mine = Q(pk__in=[])
    for grant in grants:
        if stages := _stages_waiting(grant):
            mine |= acts_in(grant) & Q(stage__in=stages)
        if grant.role == Role.COUNTY_OFFICE:  # what no studio stands behind is compiled here
            mine |= acts_in(grant) & Q(stage=Stage.DELIBERATED, studio=None)
        if _approves_research(grant):
            mine |= acts_in(grant) & RESEARCHED
    return mine


def _stages_waiting(grant: RoleGrant) -> tuple[str, ...]:
    """Topics wait for the leader or for the Party committee, by the local gate."""
    stages = CASES_WAITING.get(grant.role, ())
    if grant.role not in DECIDERS or grant.region is None:
        return stages
    if value_for(grant.region, "topic_gate") == DECIDERS[grant.role]:
        return (Stage.PROPOSED, *stages)
    return stages


def _approves_research(grant: RoleGrant) -> bool:
    if grant.role != Role.PARTY_APPROVER or grant.region is None:
        return False
    return bool(value_for(grant.region, "research_gate") == "party")


def waiting_tasks(grants: Iterable[RoleGrant]) -> Q:
    """An assisting unit's opinion needs no look by anybody: it waits for the lead's reply."""
    mine = Q(pk__in=[])
    for grant in grants:
        if not is_from_above(grant) and (states := TASKS_WAITING.get(grant.role)):
            mine |= task_scope(grant) & Q(state__in=states)
    done = Q(role=TaskRole.ASSIST, state=TaskState.ANSWERED)
    return mine & ~done & Q(case__stage=Stage.HANDLING)
