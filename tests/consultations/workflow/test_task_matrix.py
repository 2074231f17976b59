"""Who may take which step of a task in which state: written by hand from the specification.

Compared with `workflow/tasks.py` for *every* combination of state, action and role, without
guards. `on paper` are the roles that may enter the step on behalf of the unit (代录).
"""

from __future__ import annotations

import pytest

from committees.models import Role
from consultations.workflow import engine
from consultations.workflow.tasks import ENDED, OPEN, TASKS, TaskState

GROUPS = {
    "office": "county_office",
    "offices": "county_office dispatch_office",
    "officer": "unit_officer",
    "head": "unit_leader",
    "witness": "member village_clerk county_office supervisor",
    "clerk": "county_office liaison",
}
ALL_OPEN = "drafted dispatched return_requested handling suspended replied answered"

# action | from | to ("=" where the state stays) | who | on paper | "reason" where one is needed
MATRIX = f"""
dispatch          | drafted                    | dispatched                 | offices system |       |
sign_for          | dispatched                 | handling                   | officer        | clerk |
accept_by_lapse   | dispatched                 | handling                   | system         |       |
request_return    | dispatched handling        | return_requested           | head           | clerk | reason
reassign          | return_requested           | dispatched                 | offices        |       | reason
keep              | return_requested           | handling                   | offices        |       | reason
note_dissent      | dispatched handling        | =                          | head           | clerk |
move_unit         | dispatched handling        | dispatched                 | offices        |       | reason
record_contact    | handling                   | =                          | officer        | clerk |
settle_dispute    | handling                   | =                          | head           | clerk |
extension_lapse   | handling                   | =                          | system         |       |
report_progress   | handling                   | =                          | officer        | clerk |
give_opinion      | handling                   | answered                   | officer        | clerk |
request_extension | handling                   | =                          | head           | clerk | reason
grant_extension   | handling                   | =                          | offices        |       |
refuse_extension  | handling                   | =                          | offices        |       | reason
suspend           | handling                   | suspended                  | offices        |       | reason
resume            | suspended                  | handling                   | offices        |       |
draft_reply       | handling                   | =                          | officer        | clerk |
reply             | handling                   | replied                    | head           | clerk |
return_reply      | replied                    | handling                   | office         |       | reason
accept_reply      | replied                    | answered tracked explained | office         |       |
verify_true       | answered                   | verified                   | witness        |       |
verify_partly     | answered                   | handling                   | witness        |       | reason
verify_false      | answered                   | handling                   | witness        |       | reason
look_back         | tracked                    | answered explained tracked | office         |       |
reopen            | verified tracked explained | handling                   | office leader  |       | reason
cancel            | {ALL_OPEN}                 | cancelled                  | office system  |       | reason
"""


def rows():
    """(action, states, targets, roles, roles on paper, needs a reason) of each line."""
    for line in MATRIX.strip().splitlines():
        action, states, targets, who, paper, *rest = (cell.strip() for cell in line.split("|"))
        yield action, states.split(), targets.split(), _roles(who), _roles(paper), "reason" in rest


def _roles(words: str) -> set[str]:
    return {role for word in words.split() for role in GROUPS.get(word, word).split()}


def expected(action: str, state: str):
    found = [row for row in rows() if row[0] == action and state in row[1]]
    assert len(found) < 2, f"{action} from {state} is written twice"
    return found[0] if found else None


ACTIONS = sorted({row.action for row in TASKS} | {action for action, *_ in rows()})
ROLES = [*Role.values, engine.SYSTEM, engine.SUPERVISOR]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", TaskState.values)
def test_exactly_the_listed_roles_take_the_step(state, action):
    row = engine.find(TASKS, action, state)
    own = {role for role in ROLES if row is not None and role in row.roles}
    allowed = {role for role in ROLES if row is not None and engine.allows(row, role)}

    wanted = expected(action, state)

    assert own == (wanted[3] if wanted else set())
    assert allowed == (wanted[3] | wanted[4] if wanted else set())


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", TaskState.values)
def test_the_step_leads_where_the_table_says_and_asks_for_its_reason(state, action):
    row = engine.find(TASKS, action, state)
    wanted = expected(action, state)

    assert (row is None) == (wanted is None)
    if row is not None:
        targets = [state] if wanted[2] == ["="] else wanted[2]
        assert sorted(row.targets or (state,)) == sorted(targets)
        assert row.needs_reason == wanted[5]


def test_the_states_are_those_of_the_specification():
    assert set(OPEN) == set(ALL_OPEN.split())
    assert set(ENDED) == {"verified", "tracked", "explained", "cancelled"}
    assert len(TaskState) == 11


def test_answered_is_not_done():
    """Only a look by somebody else makes an answered task a finished one."""
    into = {row.action for row in TASKS if TaskState.VERIFIED in row.targets}

    assert into == {"verify_true"}
    assert not {"unit_officer", "unit_leader"} & set(
        engine.find(TASKS, "verify_true", "answered").roles
    )


def test_the_office_never_commands_a_unit_to_finish():
    """What the unit says is entered by the unit, or on paper in its name; never by decision."""
    unit_words = {
        "sign_for", "report_progress", "give_opinion", "draft_reply", "reply", "note_dissent",
        "record_contact", "settle_dispute",
    }  # fmt: skip
    for row in TASKS:
        if row.action in unit_words:
            assert set(row.roles) <= {"unit_officer", "unit_leader"}, row.action
            assert set(row.proxy_roles) == {"county_office", "liaison"}, row.action
        elif row.action not in ("request_return", "request_extension"):
            assert not row.proxy_roles, row.action
