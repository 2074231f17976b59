"""Milestones: set with the agreed items, kept while the case is open, each change on record."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from consultations.models import Milestone
from consultations.services import items, milestones, publishing
from consultations.services.steps import JustChanged
from consultations.workflow.engine import Refused
from tests.factories import a_county, case_at, step
from tests.public_cases import a_public_case

pytestmark = pytest.mark.django_db

DUE = timezone.localdate() + dt.timedelta(days=30)
PHONE = "电话 13812345678"


@pytest.fixture
def case(county):
    return case_at("handling", county=county)


def put(case, by, **row):
    milestones.save_milestone(case.items.get(), by=by, version=case.version, row=row)
    case.refresh_from_db()
    return case.items.get().milestones.order_by("pk").last()


def lines(case) -> list[tuple[str, dict]]:
    found = case.events.filter(action__endswith="_milestone").order_by("pk")
    return [(event.action, event.data) for event in found]


def test_each_change_is_a_line_of_history_with_what_stood_there(county, case):
    one = put(case, county.clerk, title="清淤完成", due_on=DUE)
    put(case, county.office, id=one.pk, title="东沟清淤完成")
    one.refresh_from_db()
    milestones.finish(one, by=county.clerk)

    about = {"item": 1, "milestone": one.pk}
    assert lines(case) == [
        ("add_milestone", about | {"title": "清淤完成", "changes": [
            {"field": "title", "old": "", "new": "清淤完成"},
            {"field": "due_on", "old": "", "new": DUE.isoformat()}]}),
        ("change_milestone", about | {"title": "东沟清淤完成", "changes": [
            {"field": "title", "old": "清淤完成", "new": "东沟清淤完成"}]}),
        ("finish_milestone", about | {
            "title": "东沟清淤完成", "done_on": timezone.localdate().isoformat()}),
    ]  # fmt: skip
    assert {e.actor for e in case.events.filter(action="finish_milestone")} == {county.clerk}


def test_nothing_different_leaves_no_line(county, case):
    one = put(case, county.clerk, title="清淤完成", due_on=DUE)
    put(case, county.clerk, id=one.pk, title="清淤完成", due_on=DUE)
    assert [action for action, _data in lines(case)] == ["add_milestone"]


def test_the_wording_of_the_item_stays_frozen(county, case):
    before = case.items.get()
    put(case, county.clerk, title="清淤完成")
    after = case.items.get()
    assert (after.text, after.confirmed_at) == (before.text, before.confirmed_at)


def test_it_is_reached_once(county, case):
    one = put(case, county.clerk, title="清淤完成")
    earlier = timezone.localdate() - dt.timedelta(days=3)
    version, changed_at = case.version, case.updated_at
    milestones.finish(one, by=county.clerk, on=earlier)
    case.refresh_from_db()
    assert case.version == version  # a form that is open stays good
    assert case.updated_at > changed_at
    with pytest.raises(JustChanged):
        milestones.finish(one, by=county.office)
    one.refresh_from_db()
    assert one.done_on == earlier


def test_it_is_not_reached_in_the_future(county, case):
    one = put(case, county.clerk, title="清淤完成")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(Refused):
        milestones.finish(one, by=county.clerk, on=tomorrow)
    with pytest.raises(Refused):
        put(case, county.clerk, id=one.pk, done_on=tomorrow)


def test_one_that_was_reached_is_not_removed(county, case):
    one, other = put(case, county.clerk, title="清淤"), put(case, county.clerk, title="通水")
    milestones.finish(one, by=county.clerk)
    with pytest.raises(Refused):
        put(case, county.clerk, id=one.pk, delete=True)
    case.refresh_from_db()
    put(case, county.clerk, id=other.pk, delete=True)
    assert list(case.items.get().milestones.all()) == [one]
    assert lines(case)[-1][0] == "remove_milestone"


def test_who_keeps_them(county, case):
    for person in (county.office, county.clerk, county.director):
        put(case, person, title="清淤完成")
    for person in (county.member, county.officer, county.unit_leader, county.approver,
                   county.outsider, county.nobody):  # fmt: skip
        with pytest.raises(Refused):
            put(case, person, title="不该写入")
    case.owner = county.member
    case.save(update_fields=["owner"])
    put(case, county.member, title="通水")
    assert Milestone.objects.filter(title="不该写入").count() == 0


def test_a_co_worker_keeps_them_but_not_of_another_place(county, case):
    case.helpers.add(county.village_clerk, county.outsider)
    assert put(case, county.village_clerk, title="通水").title == "通水"
    with pytest.raises(Refused):
        put(case, county.outsider, title="不该写入")


def test_they_rest_when_the_case_has_ended(county):
    case = case_at("closed", county=county)
    with pytest.raises(Refused):
        put(case, county.office, title="清淤完成")


def test_a_stale_version_and_a_row_of_another_case_are_refused(county, case):
    one = put(case, county.clerk, title="清淤完成")
    with pytest.raises(JustChanged):
        milestones.save_milestone(
            case.items.get(), by=county.clerk, version=case.version - 1, row={"title": "通水"}
        )
    other = case_at("handling", county=county, title="另一件事")
    with pytest.raises(JustChanged):
        put(other, county.clerk, id=one.pk, title="夺取")
    one.refresh_from_db()
    assert one.title == "清淤完成"


def test_they_are_written_with_the_agreed_items(county):
    case = case_at("scheduled", county=county)
    row = {"text": "修东沟", "milestones": [{"title": "清淤", "due_on": DUE}, {"title": "通水"}]}
    items.save_outcome(case, by=county.clerk, version=case.version, items=[row])
    kept = case.items.get().milestones.order_by("pk")
    assert [(one.title, one.due_on) for one in kept] == [("清淤", DUE), ("通水", None)]
    assert len(lines(case)) == 2


def test_what_stands_on_a_public_page_is_scanned(county):
    case = a_public_case()
    with pytest.raises(Refused):
        put(case, a_county().office, title=PHONE)
    assert not Milestone.objects.exists()


def test_it_is_scanned_before_the_release(county, case):
    put(case, county.clerk, title=PHONE)
    publishing.write_public_text(
        case, by=county.clerk, public_summary="东沟修好了。", result="", version=case.version
    )
    with pytest.raises(Refused):
        step(case, "publish", county=county)
    case.refresh_from_db()
    one = case.items.get().milestones.get()
    put(case, county.clerk, id=one.pk, delete=True)
    step(case, "publish", county=county)
    assert case.is_public
