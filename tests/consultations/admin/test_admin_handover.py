"""Hand-over over HTTP: the unit named by the returning one stands chosen; letters; what waits."""

import pytest

from tests.entries import a_conference
from tests.factories import task_at, task_step


def test_the_suggested_unit_is_the_default_of_the_next(county, enter, task_record):
    task = task_at("handling", county=county)
    leader, url = enter(county.unit_leader), task_record(task, "request_return")
    sent = {"version": task.version, "reason": "不属本局职责", "basis": "职责清单",
            "suggested_unit": county.third_unit.name}  # fmt: skip
    assert leader.post(url, sent)
    task.refresh_from_db()
    assert task.return_requests.get().suggested == county.third_unit

    office, url = enter(county.office), task_record(task, "reassign")
    form = office.get(url).context["form"]
    assert form.initial["proposed"] == str(county.third_unit.pk)
    answer = office.post(url, {"version": task.version, "reason": "核对属实",
                               "proposed": str(county.third_unit.pk)})  # fmt: skip

    assert answer.status_code == 302
    task.refresh_from_db()
    assert (task.unit, task.bounces) == (county.third_unit, 1)


def test_the_second_time_the_conference_is_typed_and_kept(county, enter, task_record):
    task = task_at("return_requested", county=county)
    task_step(task, "reassign", county=county)
    task_step(task, "request_return", county=county)
    url, held = task_record(task, "reassign"), a_conference()
    sent = {"version": task.version, "reason": "核对属实", "unit": county.third_unit.name}
    office = enter(county.office)

    assert list(office.post(url, sent).context["form"].errors) == ["held_on"]
    assert office.post(url, sent | held).status_code == 302

    assert task.conferences.get().minutes == held["minutes"]


def test_what_is_not_signed_for_stands_in_the_list_until_it_is(county, enter):
    task = task_at("dispatched", county=county)
    url, office = "/admin/consultations/task/not-taken-up/", enter(county.dispatch_office)
    assert [line[0] for line in office.get(url).context["lines"]] == [task]
    assert office.get(url).context["lines"][0][1].seen_at is None

    enter(county.officer).get(f"/my/tasks/{task.pk}/")
    assert office.get(url).context["lines"][0][1].seen_by == county.officer

    task_step(task, "sign_for", county=county)
    assert office.get(url).context["lines"] == []
    assert enter(county.officer).get(url).status_code in (302, 404)


def test_the_letter_is_a_sheet_for_the_unit_and_nobody_elses(county, enter):
    task = task_at("dispatched", county=county)
    url, letter = f"/my/tasks/{task.pk}/letter/", task.handovers.get().letter
    page = enter(county.officer).get(url)

    assert page.context["letter"] == letter
    assert letter.number in page.content.decode()
    assert enter(county.other_officer).get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    county, enter, django_assert_max_num_queries, count
):
    for _number in range(count):
        task_at("dispatched", county=county)
    office = enter(county.office)
    with django_assert_max_num_queries(24):
        lines = office.get("/admin/consultations/task/not-taken-up/").context["lines"]
    assert len(lines) == count
