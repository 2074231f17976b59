"""Random steps, legal and illegal, on cases and tasks: never an illegal state, and history replays.

TXY_WALK_STEPS raises the number of steps (default 300; the long run takes 100000).
"""

from __future__ import annotations

import datetime as dt
import os
from random import Random
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
    rule,
    run_state_machine_as_test,
)

from committees.models import User
from consultations.models import Case, Commitment, Filing, Task
from consultations.permissions import asked
from consultations.selectors.cases import cases_for, public_cases
from consultations.selectors.todo import todo_for
from consultations.services import followups, ladder, overdue, publishing
from consultations.services.steps import JustChanged
from consultations.workflow import engine
from consultations.workflow.cases import CASES, ENDS, Stage
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TASKS
from tests import legality
from tests.consultations.workflow import test_case_matrix as case_matrix
from tests.consultations.workflow import test_entry_matrix as entry_matrix
from tests.consultations.workflow import test_task_matrix as task_matrix
from tests.factories import (
    CASE_ACTORS,
    TASK_ACTORS,
    a_county,
    case_at,
    step,
    task_step,
    walk_task,
)

STEPS = int(os.environ.get("TXY_WALK_STEPS", "300"))
IN_A_ROW = 50
NOW = dt.datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PEOPLE = [
    "clerk", "director", "office", "leader", "approver", "member", "village_clerk", "officer",
    "unit_leader", "other_officer", "other_leader", "double_leader", "dispatch_office",
    "prefecture_office", "outsider", "nobody", "system_admin",
]  # fmt: skip
ITEMS = [
    None,
    [{}, {"commitments": 1}],
    [{"route": "parties", "commitments": 1}],
    [{}, {"route": "village"}],
]
SEEDS = st.integers(0, 2**32)
WHAT_HAPPENS = [
    ("likely_step_of_a_task", 8), ("likely_step", 8), ("walk_a_task_to_its_answer", 3),
    ("any_step", 3), ("any_step_of_a_task", 3), ("check_a_promise", 2), ("log_another", 1),
    ("write_the_public_text", 1), ("act_on_an_old_look", 1), ("let_time_pass", 1),
    ("let_days_pass", 4), ("run_what_is_due", 3),
]  # fmt: skip


class Walk(RuleBasedStateMachine):
    """One rule, driven by a seed: hypothesis would leave out some of many rules in each walk."""

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.now = self.clock.start()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        self.county = a_county()
        self.cases: list[Case] = []
        self.touched: Case | None = None
        self.random = Random(0)

    def teardown(self):
        try:
            self.numbers_and_lists_are_right()
        finally:
            transaction.set_rollback(True)
            self.atom.__exit__(None, None, None)
            self.clock.stop()

    @initialize(seed=SEEDS)
    def begin(self, seed):
        self.random = Random(seed)
        self.log_another()
        self.cases.append(case_at("handling", county=self.county, items=ITEMS[1]))

    @rule(seed=SEEDS)
    def go_on(self, seed):
        self.random = Random(seed)
        self.touched = self.random.choice(self.cases)
        self.touched.refresh_from_db()
        acts, weights = zip(*WHAT_HAPPENS, strict=True)
        getattr(self, self.random.choices(acts, weights)[0])()

    # --- what may happen ---

    def log_another(self):
        if len(self.cases) < 4:
            stage, items = self.random.choice(Stage.values), self.random.choice(ITEMS)
            self.cases.append(case_at(stage, county=self.county, items=items))

    def likely_step(self):
        case = self.touched
        action = self._likely(CASES, case, ENDS)
        self._attempt(case, lambda: step(case, action, county=self.county))

    def any_step(self):
        """Any action by anybody; a meeting is concluded only where it is likely."""
        case, action = self.touched, self.random.choice(case_matrix.ACTIONS)
        if action not in ("complete", "conclude", "conclude_without_consensus"):
            self._attempt(case, lambda: step(case, action, county=self.county, by=self._anybody()))

    def likely_step_of_a_task(self):
        if task := self._task():
            action = self._likely(TASKS, task, ("cancelled",))
            self._attempt(task, lambda: task_step(task, action, county=self.county))

    def any_step_of_a_task(self):
        action = self.random.choice([a for a in task_matrix.ACTIONS if a != "accept_by_lapse"])
        if task := self._task():
            by = self._anybody()
            self._attempt(task, lambda: task_step(task, action, county=self.county, by=by))

    def walk_a_task_to_its_answer(self):
        if (task := self._task()) and task.state == "dispatched":
            state = self.random.choice(["replied", "answered", "verified", "tracked", "explained"])
            walk_task(task, state, county=self.county)

    def write_the_public_text(self, *, version=0, summary="好了。"):
        case = self.touched
        publishing.write_public_text(
            case,
            by=self.county.clerk,
            public_summary=summary,
            result="",
            version=case.version + version,
        )

    def act_on_an_old_look(self):
        with pytest.raises(JustChanged):
            self.write_the_public_text(version=-1, summary="旧")

    def check_a_promise(self):
        promises = Commitment.objects.filter(item__case=self.touched, state="open")
        promise, by = promises.order_by("pk").first(), self.county.clerk
        if promise is None:
            return
        found = {"state": self.random.choice(["kept", "broken", "waived"]), "finding": "已看"}
        if Case.objects.get(pk=self.touched.pk).stage in entry_matrix.rows()["check_commitment"][0]:
            followups.check_commitment(promise, by=by, **found)
            return
        with pytest.raises(Refused), transaction.atomic():
            followups.check_commitment(promise, by=by, **found)

    def let_time_pass(self):
        self.now.shift(dt.timedelta(days=self.random.randint(1, 40)))

    def let_days_pass(self):
        self.now.shift(dt.timedelta(days=self.random.randint(1, 9)))

    def run_what_is_due(self):
        """The pieces of the daily command, now and then broken off after the first part."""
        for piece in (overdue.write, ladder.climb):
            parts = piece()
            if self.random.random() < 0.2:
                next(parts, None)
            else:
                list(parts)
        if self.random.random() < 0.5:
            list(overdue.write())
            assert not list(overdue.write())
            for case in self.cases:
                legality.nothing_late_is_unwritten(case)

    # --- what must hold, of the case that was touched and of all ---

    @invariant()
    def the_state_is_legal_and_history_leads_to_it(self):
        if self.touched is None:
            return
        legality.check(Case.objects.get(pk=self.touched.pk))

    def numbers_and_lists_are_right(self):
        """Asked once, at the end of a walk."""
        numbers = sorted(int(n.split("〕")[1][:-1]) for n in _filings())
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(c.is_public and not c.restricted_at for c in public_cases())
        assert not cases_for(self.county.outsider).exists()
        assert all(group.rows for group in todo_for(self.county.office))

    # --- helpers ---

    def _anybody(self) -> User:
        return getattr(self.county, self.random.choice(PEOPLE))

    def _task(self) -> Task | None:
        found = list(self.touched.tasks.select_related("item", "unit").order_by("pk"))
        return self.random.choice(found) if found else None

    def _likely(self, table, subject, ends) -> str:
        """A step that nothing stands against yet, seldom one that ends everything."""
        names = CASE_ACTORS if table is CASES else TASK_ACTORS
        rows = [row for row in engine.open_to(table, _state(subject)) if row.action in names]
        asks = {r: asked(subject, getattr(self.county, names[r.action]), r.roles[0]) for r in rows}
        rows = [row for row in rows if not engine.refusals(row, asks[row])]
        weights = [1 if set(row.targets) & set(ends) else 8 if row.targets else 2 for row in rows]
        return self.random.choices(rows, weights)[0].action if rows else "reopen"

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
        wanted = matrix.expected(event.action, before)
        assert wanted, f"{event.action} from {before}"
        assert any(event.role in part for part in wanted if isinstance(part, set)), event.role
        assert event.actor.grants.filter(role=event.role).exists()


def _state(subject) -> str:
    return subject.stage if isinstance(subject, Case) else subject.state


def _filings() -> list[str]:
    return list(Filing.objects.values_list("number", flat=True))


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
