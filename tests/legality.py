"""What must hold of any case and any task at any time, however it came there."""

from __future__ import annotations

from consultations.models import Case, Commitment, Task
from consultations.workflow.cases import ENDS
from tests.consultations.workflow import test_case_matrix as case_matrix
from tests.consultations.workflow import test_task_matrix as task_matrix

# Lines of history that claim no version of the case, since they change no field of it.
UNVERSIONED = {"create", "follow_up", "check_commitment", "settle", "rate", "overdue"}
# Lines that the calendar or the office writes beside the steps of a task.
ASIDE = {"overdue", "urge", "urge_drop", "urge_answer"}
WITH_UNITS = {"dispatched", "return_requested", "handling", "suspended", "replied"}


def check(case: Case) -> None:
    """The case, its tasks, and the history of both."""
    replay(case)
    no_illegal_state(case)
    for task in case.tasks.all():
        replay_task(task)
        no_illegal_task(task)


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
