"""What the steps from the first topic to field research write."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from consultations import calendar
from consultations.models import Approval, Case, Event, FieldVisit, NumberSeries
from consultations.services import cases, suggestions
from consultations.workflow.engine import Refused
from tests.factories import a_case, a_committee, a_county, a_region, case_at, step

pytestmark = pytest.mark.django_db


def today(days: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def last_event(case: Case) -> Event:
    return case.events.order_by("-pk").first()


def a_suggestion(county, token="t1", **fields):
    values = {"title": "村口路灯不亮", "problem": "天黑后看不见路。", "region": county.village}
    return suggestions.receive(**values | fields, form_token=token)


def test_a_draft_is_logged_with_number_committee_studio_and_history(county):
    case = a_case(county=county, studio=None)

    event = case.events.get()
    assert (case.stage, case.version, case.year) == ("draft", 0, today().year)
    assert case.code == f"539921-{today().year}-0001"
    assert (case.committee, case.studio) == (county.committee, county.studio)
    assert (case.county_code, case.prefecture_code) == ("539921", "5399")
    assert (case.created_by, case.owner) == (county.clerk, county.clerk)
    assert [side.name for side in case.sides.order_by("pk")] == ["上游村民", "下游村民"]
    assert (event.action, event.from_stage, event.to_stage) == ("create", "", "draft")
    assert (event.actor, event.role, event.is_public) == (county.clerk, "liaison", False)


@pytest.mark.parametrize(
    "name", ["outsider", "leader", "approver", "unit_leader", "prefecture_office", "nobody"]
)
def test_who_may_not_log_a_case_leaves_nothing_behind(county, name):
    with pytest.raises(Refused):
        a_case(county=county, by=getattr(county, name))

    assert not Case.objects.exists()
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize("name", ["clerk", "director", "office", "member", "village_clerk"])
def test_who_may_log_a_case_in_the_village(county, name):
    assert a_case(county=county, by=getattr(county, name)).stage == "draft"


def test_a_case_in_a_demonstration_county_is_a_demonstration():
    demo = a_county("539931", name="演示县", is_demo=True)

    assert a_case(county=demo).origin == "demo"


def test_the_committee_is_that_of_the_nearest_region_above(county):
    other = a_region("539922100", name="无政协乡")
    assert cases.responsible_committee(county.village) == county.committee

    with pytest.raises(Refused):
        cases.responsible_committee(other)
    prefecture = a_committee(county.region.parent)
    assert cases.responsible_committee(other) == prefecture


def test_submitting_starts_the_clock_of_the_decision(county):
    case = a_case(county=county)

    event = step(case, "submit", county=county)

    assert (case.stage, case.version) == ("proposed", 1)
    assert case.stage_due_on == calendar.add_working_days(today(), 10)
    assert (event.from_stage, event.to_stage) == ("draft", "proposed")
    assert (event.actor, event.role, event.reason) == (county.clerk, "liaison", "测试所需的理由。")


def test_sending_back_stops_that_clock(county):
    case = case_at("proposed", county=county)

    event = step(case, "send_back", county=county, reason="请补充涉及的户数。")

    assert (case.stage, case.stage_due_on) == ("draft", None)
    assert (event.reason, event.is_public) == ("请补充涉及的户数。", False)


def test_an_approval_is_kept_with_opinion_number_and_date(county):
    case = case_at("proposed", county=county)

    event = step(case, "approve", county=county, number="青协〔2026〕8号", decided_on=today(-2))

    approval = case.approvals.get()
    assert (approval.kind, approval.approved, approval.opinion) == ("topic", True, "同意立题。")
    assert (approval.number, approval.decided_on) == ("青协〔2026〕8号", today(-2))
    assert approval.decided_by == county.leader
    assert event.data == {"approval": approval.pk, "number": "青协〔2026〕8号"}
    assert (event.role, event.is_public) == ("leader", True)
    assert case.stage_due_on is None


def test_rejecting_and_reconsidering_once(county):
    case = case_at("rejected", county=county)

    event = step(case, "reconsider", county=county)
    assert (case.stage, event.role) == ("proposed", "leader")
    step(case, "reject", county=county)

    with pytest.raises(Refused):
        step(case, "reconsider", county=county)
    assert case.stage == "rejected"


def test_a_deferred_topic_has_its_date_and_comes_back(county):
    case = case_at("proposed", county=county)

    event = step(case, "defer", county=county, review_on=today(30))
    assert (case.stage, case.review_on, case.stage_due_on) == ("deferred", today(30), today(30))
    assert event.data == {"review_on": today(30).isoformat()}

    step(case, "resume_review", county=county)
    assert (case.stage, case.review_on) == ("proposed", None)
    assert case.stage_due_on == calendar.add_working_days(today(), 10)


@pytest.mark.parametrize("ended", ["withdrawn", "rejected", "closed"])
def test_nothing_merges_into_what_has_ended_or_into_itself(county, ended):
    case = case_at("proposed", county=county)

    for target in (case_at(ended, county=county), case):
        with pytest.raises(Refused):
            step(case, "merge", county=county, target=target)
    assert case.stage == "proposed"


def test_referring_says_where_to(county):
    case = case_at("proposed", county=county)

    event = step(case, "refer", county=county, channel="县医疗保障局窗口")

    assert (case.stage, event.data) == ("referred", {"channel": "县医疗保障局窗口"})


def test_visits_are_kept_as_told_and_do_not_move_the_stage(county):
    case = case_at("research", county=county)
    since = case.stage_since

    event = step(case, "log_visit", county=county, by=county.member)
    step(case, "log_visit", county=county, by=county.village_clerk)

    first, second = FieldVisit.objects.order_by("pk")
    assert (case.stage, case.stage_since, case.version) == ("research", since, 5)
    assert (first.logged_by, second.logged_by) == (county.member, county.village_clerk)
    assert (first.place, first.people_met, first.visited_on.text) == (
        "柳树村三组", 10, today().isoformat(),
    )  # fmt: skip
    assert event.data["visit"] == first.pk
    assert (event.from_stage, event.to_stage, event.is_public) == ("research", "research", True)


def test_withdrawing_is_for_the_proposer_and_the_office(county):
    mine, office = case_at("research", county=county), case_at("approved", county=county)

    step(mine, "withdraw", county=county, by=county.clerk)
    step(office, "withdraw", county=county, by=county.office)
    with pytest.raises(Refused):
        step(case_at("draft", county=county), "withdraw", county=county, by=county.member)

    assert (mine.stage, office.stage) == ("withdrawn", "withdrawn")


def test_nothing_is_withdrawn_once_a_meeting_is_set(county):
    case = case_at("scheduled", county=county)

    with pytest.raises(Refused):
        step(case, "withdraw", county=county)


def test_the_gate_is_a_local_rule(county):
    county.region.parameters.create(key="topic_gate", value="party", effective_from=today(-1))
    case = case_at("proposed", county=county)

    with pytest.raises(Refused):
        step(case, "approve", county=county, by=county.leader)
    step(case, "approve", county=county, by=county.approver)

    assert Approval.objects.get().decided_by == county.approver
    assert last_event(case).role == "party_approver"
