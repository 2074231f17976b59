"""Who may take which step of a case at which stage: written by hand from the specification.

The table below is the second opinion to `workflow/cases.py`. It is compared with it for *every*
combination of stage, action and role, without guards; those are tested one by one elsewhere.
"""

from __future__ import annotations

import pytest

from committees.models import Role
from consultations.workflow import engine
from consultations.workflow.cases import CASES, ENDED, OPEN, Stage

# Short words of the table for groups of roles.
GROUPS = {
    "field": "member liaison studio_director county_office village_clerk",
    "clerks": "liaison studio_director county_office",
    "office": "county_office",
    "party": "party_approver",
    "gate": "leader party_approver",
}
ALL_OPEN = (
    "draft proposed deferred approved research scheduled deliberated no_consensus party_review "
    "filing handling supervision rating"
)
ALL_ENDED = "closed rejected merged referred withdrawn terminated"

# action | from | to ("=" where the stage stays) | who | "reason" where one must be written
MATRIX = f"""
submit                     | draft                       | proposed     | field          |
send_back                  | proposed                    | draft        | studio_director office | reason
reject                     | proposed                    | rejected     | office         | reason
refer                      | proposed no_consensus       | referred     | office         | reason
merge                      | proposed                    | merged       | office         | reason
unmerge                    | merged                      | proposed     | office         | reason
split                      | proposed approved research scheduled deliberated no_consensus handling supervision | = | clerks |
defer                      | proposed                    | deferred     | office         | reason
resume_review              | deferred                    | proposed     | office         |
reconsider                 | rejected                    | proposed     | leader         | reason
approve                    | proposed                    | approved     | gate           |
start_research             | approved                    | research     | clerks         |
log_visit                  | research                    | =            | field          |
approve_research           | research                    | =            | party          |
return_research            | research                    | =            | party          | reason
schedule                   | research no_consensus deliberated | scheduled | clerks      |
postpone                   | scheduled                   | =            | clerks         | reason
cancel                     | scheduled                   | approved     | clerks         | reason
conclude                   | scheduled                   | deliberated  | clerks         |
conclude_without_consensus | scheduled                   | no_consensus | clerks         | reason
convert                    | no_consensus                | supervision  | office         | reason
terminate                  | no_consensus                | terminated   | office leader  | reason
terminate                  | {ALL_OPEN.replace("no_consensus ", "")} | terminated | leader | reason
submit_outcome             | deliberated                 | party_review | studio_director office |
approve_outcome            | party_review                | filing       | party          |
return_outcome             | party_review                | deliberated  | party          |
file                       | filing                      | handling     | office         |
return_filing              | filing                      | deliberated  | office         | reason
complete                   | handling                    | supervision  | system         |
open_rating                | supervision                 | rating       | office         |
close                      | rating                      | closed       | office         |
reopen                     | rating supervision closed   | handling     | office leader system | reason
withdraw                   | draft proposed deferred approved research | withdrawn | field | reason
publish                    | proposed approved research scheduled deliberated no_consensus party_review filing handling supervision rating {ALL_ENDED} | = | office |
restrict                   | {ALL_OPEN} {ALL_ENDED}      | =            | office         | reason
lift_restriction           | {ALL_OPEN} {ALL_ENDED}      | =            | leader         | reason
"""


def rows():
    """(action, stages, target, roles, needs a reason) of each line of the table."""
    for line in MATRIX.strip().splitlines():
        action, stages, target, who, *rest = (cell.strip() for cell in line.split("|"))
        roles = {role for word in who.split() for role in GROUPS.get(word, word).split()}
        yield action, stages.split(), target, roles, "reason" in rest


def expected(action: str, stage: str) -> tuple[str, set[str], bool] | None:
    found = [
        (stage if target == "=" else target, roles, reason)
        for name, stages, target, roles, reason in rows()
        if name == action and stage in stages
    ]
    assert len(found) < 2, f"{action} from {stage} is written twice"
    return found[0] if found else None


ACTIONS = sorted({row.action for row in CASES} | {action for action, *_ in rows()})
ROLES = [*Role.values, engine.SYSTEM]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("stage", Stage.values)
def test_exactly_the_listed_roles_take_the_step(stage, action):
    row = engine.find(CASES, action, stage)
    allowed = {role for role in ROLES if row is not None and engine.allows(row, role)}

    wanted = expected(action, stage)

    assert allowed == (wanted[1] if wanted else set())


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("stage", Stage.values)
def test_the_step_leads_where_the_table_says_and_asks_for_its_reason(stage, action):
    row = engine.find(CASES, action, stage)
    wanted = expected(action, stage)

    assert (row is None) == (wanted is None)
    if row is not None:
        target, _roles, reason = wanted
        assert (row.targets or (stage,)) == (target,)
        assert row.needs_reason == reason


def test_the_stages_are_those_of_the_specification():
    assert list(ALL_OPEN.split()) == [str(s) for s in OPEN if s in ALL_OPEN.split()]
    assert set(OPEN) == set(ALL_OPEN.split())
    assert set(ENDED) == set(ALL_ENDED.split())
    assert len(Stage) == 19


def test_no_stage_is_a_trap():
    """From every open stage some step leads on, and every stage can be reached from the draft."""
    leads = {
        stage: {t for row in engine.open_to(CASES, stage) for t in row.targets} - {stage}
        for stage in Stage
    }
    reached, new = set(), {Stage.DRAFT}
    while new:
        reached |= new
        new = {Stage(t) for stage in new for t in leads[stage]} - reached

    assert reached == set(Stage)
    assert all(leads[stage] - {"terminated", "withdrawn"} for stage in OPEN)


def test_no_step_is_known_twice_from_one_stage():
    for stage in Stage:
        actions = [row.action for row in engine.open_to(CASES, stage)]
        assert len(actions) == len(set(actions)), stage


def test_administrators_and_units_have_no_part_in_a_case():
    outside = {"system_admin", "security_admin", "audit_admin", "unit_officer", "unit_leader"}
    outside |= {"dispatch_office", "prefecture_office", "province_office"}

    assert not [row.action for row in CASES for role in outside if engine.allows(row, role)]
