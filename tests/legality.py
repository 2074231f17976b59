"""What must hold of any case and any task at any time, however it came there."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from consultations import calendar
from consultations.models import Case, Commitment, Event, Overdue, Task
from consultations.selectors.clocks import clocks_of
from consultations.selectors.lights import Light, lights_now
from consultations.workflow.cases import ENDS
from tests.consultations.workflow import test_case_matrix as case_matrix
from tests.consultations.workflow import test_task_matrix as task_matrix

# Lines of history that claim no version of the case, since they change no field of it.
UNVERSIONED = {"create", "follow_up", "check_commitment", "settle", "rate", "overdue"}
# Lines that the calendar or the office writes beside the steps of a task.
ASIDE = {"overdue", "urge", "urge_drop", "urge_answer", "urge_withdraw"}
WITH_UNITS = {"dispatched", "return_requested", "handling", "suspended", "replied"}


def check(case: Case) -> None:
    """The case, its tasks, and the history of both."""
    replay(case)
    no_illegal_state(case)
    for task in case.tasks.all():
        replay_task(task)
        no_illegal_task(task)
        clock_adds_up(task)
        light_is_that_of_the_date(task)
        each_date_passed_once(task)


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
        if line.action in ASIDE:
            assert line.to_stage == state
            continue
        targets = task_matrix.expected(line.action, state)[2]
        assert line.to_stage in targets or (targets == ["="] and line.to_stage == state)
        state = line.to_stage
    assert state == task.state
    assert task.version == task.events.exclude(action__in=ASIDE).count()


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
    waits = undecided or task.extension_requests.filter(granted=None, round=task.round).exists()
    assert task.waits_since is None or waits
    if task.state == "replied":
        assert task.latest_reply.signed_by_id is not None
        assert task.latest_reply.accepted is None
    if task.state == "verified":
        last = task.verifications.order_by("pk").last()
        assert last.is_true
        assert last.link or not last.verified_by.grants.filter(unit=task.unit).exists()
    if task.state == "tracked":
        assert task.look_back_on is not None
        assert task.promise_on is not None
    if task.state not in ("drafted", "cancelled"):
        assert task.first_dispatched_on <= task.dispatched_on
        assert task.due_on is not None
    assert task.bounces == task.return_requests.filter(granted=True).count()


# --- clocks, lights, passed dates: reckoned day by day here, and otherwise nowhere ----------------

WITH_THE_UNIT = ("dispatched", "return_requested", "handling")
TAKEN = ("reassign", "move_unit")


def clock_adds_up(task: Task) -> None:
    """The days of each unit, those of pauses, and the whole, against a calendar gone through day
    by day: a day belongs to the state in which the evening before left the task."""
    clock = clocks_of([task])[task.pk]
    moves = list(task.events.exclude(action__in=ASIDE).order_by("pk"))
    if not moves:
        assert not clock.spells
        return
    assert sum(spell.used for spell in clock.spells) == clock.total - clock.pauses
    days = [_day_before(day, moves) for day in _working_days(moves[0])]
    used: dict[str, int] = {}
    for spell in clock.spells:
        used[spell.unit] = used.get(spell.unit, 0) + spell.used
    wanted = dict.fromkeys(used, 0)
    for state, unit in days:
        if state in WITH_THE_UNIT:
            wanted[unit or task.unit_name] += 1
    assert used == wanted
    assert sum(spell.paused for spell in clock.spells) == sum(s == "suspended" for s, _u in days)
    assert clock.is_running == (task.state in (*WITH_THE_UNIT, "suspended", "replied"))


def _working_days(first: Event) -> list[dt.date]:
    day, today, found = timezone.localdate(first.at), timezone.localdate(), []
    while day < today:
        day += dt.timedelta(days=1)
        if calendar.is_working_day(day):
            found.append(day)
    return found


def _day_before(day: dt.date, moves: list[Event]) -> tuple[str, str]:
    """The state that the day began in, and the unit (none for the present one)."""
    before = [move for move in moves if timezone.localdate(move.at) < day]
    later = (m.data["from"] for m in moves[len(before) :] if m.action in TAKEN)
    return before[-1].to_stage, next(later, "")


def light_is_that_of_the_date(task: Task) -> None:
    today, light = timezone.localdate(), lights_now().of_task(task, case=task.case)
    if task.state == "suspended":
        assert (light == Light.RED) == (task.suspended_until < today)
    elif task.state in WITH_THE_UNIT:
        assert (light == Light.RED) == (task.due_on < today and task.waits_since is None)
        assert light != Light.NONE
    else:
        assert light == Light.NONE


def each_date_passed_once(task: Task) -> None:
    rows = list(Overdue.objects.filter(task=task).order_by("pk"))
    lines = task.events.filter(action="overdue").order_by("pk")
    assert [row.due_on.isoformat() for row in rows] == [line.data["due_on"] for line in lines]
    assert all(row.since == row.due_on + dt.timedelta(days=1) for row in rows)
    assert all(row.term <= task.term for row in rows)
    rungs = list(task.urgings.values_list("term", "rung"))
    assert len(rungs) == len(set(rungs))


def nothing_late_is_unwritten(case: Case) -> None:
    """After a run of the daily command."""
    today = timezone.localdate()
    for task in case.tasks.filter(state__in=WITH_THE_UNIT, due_on__lt=today, waits_since=None):
        assert task.overdue_dates.filter(kind="task", term=task.term).count() == 1
