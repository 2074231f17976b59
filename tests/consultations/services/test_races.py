"""Several processes at once: one takes the step, the others are told politely; no number twice."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from committees.models import StudioPlan
from consultations.models import Case, Event, Filing, NumberSeries, Suggestion, Task
from consultations.services import cases, followups, publishing, steps, suggestions, tasks
from consultations.services import studio_life as life
from consultations.services.steps import JustChanged
from consultations.workflow import engine
from consultations.workflow.cases import CASES
from tests.entries import task_data
from tests.factories import a_case, a_county, a_person, case_at, step, walk_task
from tests.journeys.visitors import Colleague
from tests.races import FORK, race

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]
POLITE = {"done", "refused", "just changed"}


def advance(pk: int, action: str, by, *, version: int | None = None, **data):
    """A job: take a step of a case looked up in the process itself."""
    reason = {"reason": "理由", "opinion": "同意"}
    return lambda: cases.advance(
        Case.objects.get(pk=pk), action, by=by, data=reason | data, version=version
    )


def advance_task(task: Task, action: str, by, county):
    data = task_data(task, action, county)
    return lambda: tasks.advance(Task.objects.get(pk=task.pk), action, by=by, data=data)


@pytest.mark.parametrize("crowd", [2, 8])
@pytest.mark.parametrize("seen", [True, False], ids=["version seen", "no version"])
def test_of_many_who_take_the_same_step_exactly_one_does(crowd, seen):
    county = a_county()
    for _ in range(3):
        case = case_at("proposed", county=county)
        version = case.version if seen else None

        outcomes = race(*[advance(case.pk, "approve", county.leader, version=version)] * crowd)

        case.refresh_from_db()
        assert outcomes.count("done") == 1
        assert set(outcomes) <= POLITE, outcomes
        assert (case.stage, case.version) == ("approved", 2)
        assert case.events.filter(action="approve").count() == 1
        assert case.approvals.count() == 1


def test_of_two_who_save_a_small_form_at_once_one_is_told_of_the_other(monkeypatch):
    """Both opened it before either saved; the slow save makes room for the other in between."""
    county = a_county()
    life.save_plan(county.studio, by=county.clerk, year=timezone.localdate().year, text="四次")
    people = county.clerk, a_person("second", ("liaison", county.studio))
    two = [Colleague(person) for person in people]
    for one in two:
        one.open(f"/my/studio/{county.studio.pk}/plan/")
    save = life.save_plan

    def slowly(*args, **kwargs):
        time.sleep(0.5)
        return save(*args, **kwargs)

    monkeypatch.setattr(life, "save_plan", slowly)

    def sends(one: Colleague, text: str):
        def job() -> None:
            if "被别人改过" in one.send(box="text", text=text).text:
                raise JustChanged

        return job

    outcomes = race(sends(two[0], "五次"), sends(two[1], "六次"))

    assert outcomes == ["done", "just changed"]
    assert StudioPlan.objects.get().history.count() == 2


def test_of_two_different_steps_at_once_one_wins_and_history_is_one_path():
    county = a_county()
    for _ in range(4):
        case = case_at("proposed", county=county)

        outcomes = race(
            advance(case.pk, "approve", county.leader),
            advance(case.pk, "reject", county.office),
        )

        case.refresh_from_db()
        assert outcomes == ["done", "refused"], outcomes
        assert case.stage in ("approved", "rejected")
        assert case.events.order_by("pk").last().to_stage == case.stage
        assert case.events.count() == 3


def test_eight_who_answer_for_one_task_sign_it_once():
    county = a_county()
    task = case_at("handling", county=county).tasks.get()

    outcomes = race(*[advance_task(task, "sign_for", county.officer, county)] * 8)

    task.refresh_from_db()
    assert outcomes == ["done"] + ["refused"] * 7
    assert (task.state, task.version) == ("handling", 2)
    assert task.events.filter(action="sign_for").count() == 1


@pytest.mark.parametrize("action", ["verify_true", "cancel"])
def test_two_last_tasks_ended_at_once_complete_the_case_once(action):
    """Each sees the other's end, or the case would stay in handling for ever."""
    county = a_county()
    for _ in range(4):
        both = [{"units": (county.unit, county.unit)}]
        case = case_at("handling", county=county, items=both)
        first, second = (walk_task(task, "answered", county=county) for task in case.tasks.all())

        outcomes = race(
            advance_task(first, action, county.office, county),
            advance_task(second, action, county.office, county),
        )

        case.refresh_from_db()
        assert outcomes == ["done", "done"]
        assert case.stage == "supervision"
        assert case.events.filter(action="complete").count() == 1


def test_a_promise_and_a_task_that_end_at_once_complete_the_case():
    county = a_county()
    for _ in range(3):
        case = case_at("handling", county=county, items=[{"commitments": 1}])
        task = walk_task(case.tasks.get(), "answered", county=county)
        promise = case.items.get().commitments.get()

        outcomes = race(
            advance_task(task, "cancel", county.office, county),
            lambda promise=promise: followups.check_commitment(
                promise, by=county.clerk, state="kept", finding="已看。"
            ),
        )

        case.refresh_from_db()
        assert (outcomes, case.stage) == (["done", "done"], "supervision")


def test_case_numbers_have_no_gap_and_no_double():
    county = a_county()
    NumberSeries.objects.all().delete()

    def five():
        for _ in range(5):
            a_case(county=county)

    assert race(*[five] * 8) == ["done"] * 8

    year = timezone.localdate().year
    codes = sorted(Case.objects.values_list("code", flat=True))
    assert codes == [f"539921-{year}-{number:04d}" for number in range(1, 41)]


def test_filing_numbers_have_no_gap_and_no_double():
    county = a_county()
    waiting = [case_at("filing", county=county) for _ in range(8)]

    outcomes = race(*[advance(case.pk, "file", county.office) for case in waiting])

    year = timezone.localdate().year
    assert outcomes == ["done"] * 8
    assert set(Filing.objects.values_list("number", flat=True)) == {
        f"539921协备〔{year}〕{number}号" for number in range(1, 9)
    }
    assert {case.stage for case in Case.objects.all()} == {"handling"}


def test_refused_filings_leave_no_gap_among_the_others():
    county = a_county()
    waiting = [case_at("filing", county=county) for _ in range(4)]
    people = [county.office, county.outsider] * 2

    race(*[advance(case.pk, "file", by) for case, by in zip(waiting, people, strict=True)])

    year = timezone.localdate().year
    assert sorted(Filing.objects.values_list("number", flat=True)) == [
        f"539921协备〔{year}〕1号", f"539921协备〔{year}〕2号",
    ]  # fmt: skip


def test_a_suggestion_is_taken_up_once():
    county = a_county()
    kept = suggestions.receive(
        title="路灯不亮", problem="天黑看不见。", region=county.village, form_token="t"
    )

    outcomes = race(
        *[lambda by=by: suggestions.accept(kept, by=by) for by in (county.clerk, county.office)] * 2
    )

    assert outcomes == ["done"] + ["refused"] * 3
    assert Case.objects.count() == 1


def test_the_same_form_sent_by_eight_is_one_suggestion():
    county = a_county()

    def send():
        suggestions.receive(
            title="路灯不亮", problem="天黑看不见。", region=county.village, form_token="same"
        )

    assert race(*[send] * 8) == ["done"] * 8
    assert Suggestion.objects.count() == 1


def test_one_record_edited_from_two_screens_tells_the_second():
    county = a_county()
    case = case_at("handling", county=county)
    version = case.version

    def write(summary):
        return lambda: publishing.write_public_text(
            Case.objects.get(pk=case.pk),
            by=county.clerk,
            public_summary=summary,
            result="",
            version=version,
        )

    assert race(write("甲写的。"), write("乙写的。")) == ["done", "just changed"]


# --- the controls: without the guard these races are lost, so the tests above can fail ------------


def careless(pk: int, action: str, by, meet):
    """Look, then act, without transaction, lock or condition: what `steps.take` must not be."""

    def job():
        case = Case.objects.get(pk=pk)
        row = engine.find(CASES, action, case.stage)
        meet.wait(20)
        case.stage = row.targets[0]
        case.version += 1
        case.save()
        Event.objects.create(case=case, action=action, actor=by)

    return job


def test_control_a_careless_step_is_taken_by_both():
    county = a_county()
    case = case_at("proposed", county=county)
    meet = FORK.Barrier(2)

    outcomes = race(*[careless(case.pk, "approve", county.leader, meet)] * 2)

    case.refresh_from_db()
    assert outcomes == ["done", "done"]
    assert case.events.filter(action="approve").count() == 2
    assert case.version == 2, "one of the two changes is lost"


def meddle(monkeypatch):
    """Somebody else commits the step between our reading and our writing."""
    move = steps._move

    def late(subject, stage, target, fields):
        Case.objects.filter(pk=subject.pk).update(stage="rejected", version=F("version") + 1)
        move(subject, stage, target, fields)

    monkeypatch.setattr(steps, "_move", late)


def plain_save(subject, stage, target, fields):
    for name, value in fields.items():
        setattr(subject, name, value)
    subject.stage, subject.version = target, subject.version + 1
    subject.save()


def test_the_condition_alone_holds_where_a_database_has_no_row_locks(monkeypatch):
    county = a_county()
    case = case_at("proposed", county=county)
    meddle(monkeypatch)

    with pytest.raises(JustChanged):
        step(case, "approve", county=county)

    assert not case.approvals.exists()


def test_control_with_a_plain_save_the_other_change_is_overwritten(monkeypatch):
    county = a_county()
    case = case_at("proposed", county=county)
    monkeypatch.setattr(steps, "_move", plain_save)
    meddle(monkeypatch)

    step(case, "approve", county=county)

    case.refresh_from_db()
    assert case.stage == "approved", "the rejection in between is gone without a word"


def test_the_tests_run_on_a_database_that_processes_share():
    name = str(connection.settings_dict["NAME"])

    assert "memory" not in name
