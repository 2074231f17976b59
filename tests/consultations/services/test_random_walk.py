"""Random steps, legal and illegal, on cases and tasks: never an illegal state, and history replays.

TXY_WALK_STEPS raises the number of steps (default 300; the long run takes 100000).
"""

from __future__ import annotations

import datetime as dt
import os
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from consultations.models import Case, Commitment, Filing, Task
from consultations.selectors.cases import cases_for, public_cases
from consultations.selectors.todo import todo_for
from consultations.services import followups, publishing
from consultations.services.steps import JustChanged
from consultations.workflow import engine
from consultations.workflow.cases import CASES, ENDS, Stage
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TASKS, TaskState
from tests.consultations.workflow import test_case_matrix as case_matrix
from tests.consultations.workflow import test_task_matrix as task_matrix
from tests.factories import a_county, case_at, step, task_step, walk_task

STEPS = int(os.environ.get("TXY_WALK_STEPS", "300"))
IN_A_ROW = 30
NOW = dt.datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PEOPLE = [
    "clerk", "director", "office", "leader", "approver", "member", "village_clerk", "officer",
    "unit_leader", "other_officer", "other_leader", "double_leader", "dispatch_office",
    "prefecture_office", "outsider", "nobody", "system_admin",
]  # fmt: skip
# Lines of history that claim no version of the case, since they change no field of it.
UNVERSIONED = {"create", "follow_up", "check_commitment", "settle", "rate"}
WITH_UNITS = {"dispatched", "return_requested", "handling", "suspended", "replied"}
ITEMS = st.sampled_from(
    [
        None,
        [{}, {"commitments": 1}],
        [{"route": "parties", "commitments": 1}],
        [{}, {"route": "village"}],
    ]
)


class Walk(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.now = self.clock.start()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        self.county = a_county()
        self.cases: list[Case] = []
        self.touched: Case | None = None

    def teardown(self):
        try:
            self.numbers_and_lists_are_right()
        finally:
            self._take_everything_back()

    def _take_everything_back(self):
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)
        self.clock.stop()

    # --- what may happen ---

    @initialize(stage=st.sampled_from(Stage.values), items=ITEMS)
    def begin(self, stage, items):
        self.cases = [case_at(stage, county=self.county, items=items)]
        self.cases.append(case_at("handling", county=self.county, items=items))

    @precondition(lambda self: len(self.cases) < 4)
    @rule(stage=st.sampled_from(Stage.values), items=ITEMS)
    def log_another(self, stage, items):
        self.cases.append(case_at(stage, county=self.county, items=items))

    @rule(choice=st.data())
    def take_a_likely_step(self, choice):
        case = self._case(choice)
        action = choice.draw(st.sampled_from(_likely(CASES, case.stage)))
        self._attempt(case, lambda: step(case, action, county=self.county))

    @rule(choice=st.data(), action=st.sampled_from(case_matrix.ACTIONS), by=st.sampled_from(PEOPLE))
    def take_any_step(self, choice, action, by):
        case = self._case(choice)
        person = getattr(self.county, by)
        if action not in ("complete", "conclude", "conclude_without_consensus"):
            self._attempt(case, lambda: step(case, action, county=self.county, by=person))

    @rule(choice=st.data())
    def take_a_likely_step_of_a_task(self, choice):
        if task := self._task(choice):
            action = choice.draw(st.sampled_from(_likely(TASKS, task.state) or ["dispatch"]))
            self._attempt(task, lambda: task_step(task, action, county=self.county))

    @rule(choice=st.data(), action=st.sampled_from(task_matrix.ACTIONS), by=st.sampled_from(PEOPLE))
    def take_any_step_of_a_task(self, choice, action, by):
        person = getattr(self.county, by)
        if (task := self._task(choice)) and action != "accept_by_lapse":
            self._attempt(task, lambda: task_step(task, action, county=self.county, by=person))

    @rule(choice=st.data(), state=st.sampled_from(TaskState.values))
    def walk_a_task_some_way(self, choice, state):
        task = self._task(choice)
        if task and task.state == "dispatched" and state != "drafted":
            walk_task(task, state, county=self.county)

    @rule(choice=st.data())
    def write_the_public_text(self, choice):
        case = self._case(choice)
        publishing.write_public_text(
            case, by=self.county.clerk, public_summary="好了。", result="", version=case.version
        )

    @rule(choice=st.data())
    def act_on_an_old_look(self, choice):
        case = self._case(choice)
        with pytest.raises(JustChanged):
            publishing.write_public_text(
                case, by=self.county.clerk, public_summary="旧", result="", version=case.version + 1
            )

    @rule(choice=st.data(), kept=st.sampled_from(["kept", "broken", "waived"]))
    def check_a_promise(self, choice, kept):
        promises = Commitment.objects.filter(item__case=self._case(choice), state="open")
        if promise := promises.order_by("pk").first():
            followups.check_commitment(promise, by=self.county.clerk, state=kept, finding="已看")

    @rule(days=st.integers(1, 60))
    def let_time_pass(self, days):
        if self.now is not None:
            self.now.shift(dt.timedelta(days=days))

    # --- what must hold, of the case that was touched and of all ---

    @invariant()
    def the_state_is_legal_and_history_leads_to_it(self):
        if self.touched is None:
            return
        case = Case.objects.get(pk=self.touched.pk)
        replay(case)
        no_illegal_state(case)
        for task in case.tasks.all():
            replay_task(task)
            no_illegal_task(task)

    def numbers_and_lists_are_right(self):
        """Asked once, at the end of a walk."""
        numbers = sorted(int(n.split("〕")[1][:-1]) for n in _filings())
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(c.is_public and not c.restricted_at for c in public_cases())
        assert not cases_for(self.county.outsider).exists()
        assert all(group.rows for group in todo_for(self.county.office))

    # --- helpers ---

    def _case(self, choice) -> Case:
        self.touched = choice.draw(st.sampled_from(self.cases))
        self.touched.refresh_from_db()
        return self.touched

    def _task(self, choice) -> Task | None:
        found = list(self._case(choice).tasks.select_related("item", "unit").order_by("pk"))
        return choice.draw(st.sampled_from(found)) if found else None

    def _attempt(self, subject, take):
        """A refused step changes nothing; a step taken is one that the tables written by hand know."""
        matrix = case_matrix if isinstance(subject, Case) else task_matrix
        before, version = _state(subject), subject.version
        try:
            with transaction.atomic():
                event = take()
        except Refused:
            subject.refresh_from_db()
            assert (_state(subject), subject.version) == (before, version)
            return
        assert matrix.expected(event.action, before), f"{event.action} from {before}"


def _likely(table, stage) -> list[str]:
    """The steps that a person may try from here."""
    rows = engine.open_to(table, stage)
    return [row.action for row in rows if row.roles != (engine.SYSTEM,)]


def _state(subject) -> str:
    return subject.stage if isinstance(subject, Case) else subject.state


def _filings() -> list[str]:
    return list(Filing.objects.values_list("number", flat=True))


def replay(case: Case) -> None:
    lines = list(case.events.filter(task=None).order_by("pk"))
    stage = ""
    for line in lines:
        assert line.from_stage == stage, f"{line.action} starts from {line.from_stage}"
        if line.from_stage != line.to_stage and line.action != "create":
            assert line.to_stage == case_matrix.expected(line.action, line.from_stage)[0]
        stage = line.to_stage
    assert stage == case.stage
    assert case.version == sum(line.action not in UNVERSIONED for line in lines)


def replay_task(task: Task) -> None:
    state = "drafted"
    for line in task.events.order_by("pk"):
        assert line.from_stage == state
        targets = task_matrix.expected(line.action, state)[2]
        assert line.to_stage in targets or (targets == ["="] and line.to_stage == state)
        state = line.to_stage
    assert state == task.state
    assert task.version == task.events.count()


def no_illegal_state(case: Case) -> None:
    states = set(case.tasks.values_list("state", flat=True))
    promised = Commitment.objects.filter(item__case=case, state="open").exists()
    if case.is_public:
        assert case.restricted_at is None
        assert case.published_at is not None
        assert case.summary_by_id is not None
    if case.stage in ENDS:
        assert not states & (WITH_UNITS | {"drafted"})
    if case.stage in ("supervision", "rating", "closed"):
        assert not states & WITH_UNITS
        assert not promised
    if case.stage == "handling":
        assert case.tasks.not_ended().exists() or promised
    assert case.meetings.filter(status="planned").count() == (case.stage == "scheduled")
    assert case.filings.count() == case.events.filter(action="file").count()
    assert (case.review_on is not None) >= (case.stage == "deferred")


def no_illegal_task(task: Task) -> None:
    assert task.suspensions.filter(ended_on=None).count() == (task.state == "suspended")
    assert (task.suspended_until is not None) == (task.state == "suspended")
    undecided = task.return_requests.filter(granted=None).count()
    assert undecided == (task.state == "return_requested")
    if task.state == "replied":
        assert task.latest_reply.signed_by_id is not None
        assert task.latest_reply.accepted is None
    if task.state == "verified":
        last = task.verifications.order_by("pk").last()
        assert last.is_true
        assert not last.verified_by.grants.filter(unit=task.unit).exists()
    if task.state == "tracked":
        assert task.look_back_on is not None
        assert task.promise_on is not None
    if task.state not in ("drafted", "cancelled"):
        assert task.first_dispatched_on <= task.dispatched_on
        assert task.due_on is not None
    assert task.bounces == task.return_requests.filter(granted=True).count()


@pytest.mark.django_db
def test_a_random_walk_never_leaves_the_map():
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=max(1, STEPS // IN_A_ROW),
            stateful_step_count=IN_A_ROW,
            deadline=None,
            derandomize="TXY_WALK_STEPS" not in os.environ,
            database=None,
            phases=[Phase.generate],  # a long walk takes minutes to shrink; its steps are printed
            suppress_health_check=list(HealthCheck),
        ),
    )
