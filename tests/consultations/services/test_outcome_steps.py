"""From agreed items to tasks handed over: compile, approve or return, file."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from committees.models import Parameter
from consultations import calendar
from consultations.models import Approval, Event, Filing, NumberSeries
from consultations.services.items import save_outcome
from consultations.workflow.engine import Refused
from tests.factories import a_case, a_county, a_person, case_at, grant, step
from tests.offered import offer_for

pytestmark = pytest.mark.django_db


def today(days: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


FIVE_ITEMS = [
    {"units": None},
    {"units": "both"},
    {"route": "parties", "commitments": 2},
    {"route": "on_the_spot"},
    {"route": "explain"},
]


def items(county):
    both = (county.unit, county.other_unit)
    return [{**spec, "units": both if spec.get("units") else None} for spec in FIVE_ITEMS]


def test_the_director_sends_the_outcome_and_is_its_compiler(county):
    case = case_at("deliberated", county=county)
    case.items.update(return_reason="旧的退回原因")

    event = step(case, "submit_outcome", county=county)

    assert (case.stage, case.compiled_by) == ("party_review", county.director)
    assert case.stage_due_on == calendar.add_working_days(today(), 5)
    assert case.items.get().return_reason == ""
    assert (event.data, event.is_public) == ({"items": 1}, False)


def test_a_topic_of_the_office_without_a_studio_is_sent_by_the_office(county):
    case = a_case(county=county, by=county.office, studio=None)
    for action in ("submit", "approve", "start_research", "log_visit", "schedule", "conclude"):
        step(case, action, county=county, by=None if action == "approve" else county.office)
    assert case.studio is None
    assert offer_for(county.director, case, "submit_outcome") is None
    both = a_person("both", ("county_office", county.region), ("party_approver", county.township))

    step(case, "submit_outcome", county=county, by=both)

    assert (case.stage, case.compiled_by) == ("party_review", both)
    with pytest.raises(Refused, match=r"compiled|汇总"):
        step(case, "approve_outcome", county=county, by=both)
    step(case, "approve_outcome", county=county)
    step(case, "file", county=county)
    assert case.stage == "handling"


def test_the_office_does_not_send_what_a_studio_compiles(county):
    case = case_at("deliberated", county=county)

    with pytest.raises(Refused, match=r"studio director|主任"):
        step(case, "submit_outcome", county=county, by=county.office)


def test_who_wrote_an_agreed_item_does_not_approve_it(county):
    case = case_at("deliberated", county=county)
    both = a_person("both", ("liaison", county.studio), ("party_approver", county.township))
    item = case.items.get()
    rows = [{"id": item.pk, "measure": "通水一个月不渗漏"}]
    save_outcome(case, by=both, version=case.version, items=rows)
    step(case, "submit_outcome", county=county)

    with pytest.raises(Refused, match=r"compiled|汇总"):
        step(case, "approve_outcome", county=county, by=both)
    step(case, "approve_outcome", county=county)


def test_the_party_committee_approves_in_writing(county):
    case = case_at("party_review", county=county)

    event = step(case, "approve_outcome", county=county, number="临党函〔2026〕5号")

    approval = case.approvals.get(kind="outcome")
    assert (approval.approved, approval.decided_by) == (True, county.approver)
    assert (approval.number, approval.opinion) == ("临党函〔2026〕5号", "同意。")
    assert case.stage_due_on == calendar.add_working_days(today(), 5)
    assert (event.role, event.is_public) == ("party_approver", True)


def test_who_compiled_never_approves_even_with_the_role(county):
    """The township deputy secretary who heads the studio must not approve the own outcome."""
    grant(county.director, "party_approver", county.township)
    case = case_at("party_review", county=county)

    with pytest.raises(Refused):
        step(case, "approve_outcome", county=county, by=county.director)
    with pytest.raises(Refused):
        step(case, "approve_outcome", county=county, by=county.director, role="party_approver")

    assert case.stage == "party_review"
    assert not Approval.objects.filter(kind="outcome").exists()


def test_a_return_for_form_marks_each_item_and_leads_no_further_than_a_new_try(county):
    case = case_at("party_review", county=county, items=[{}, {}, {}])
    first, second, _third = case.items.order_by("number")
    reasons = {first.pk: "责任单位不明。", second.pk: "期限太短。"}

    event = step(case, "return_outcome", county=county, item_reasons=reasons)

    assert case.stage == "deliberated"
    assert list(case.items.order_by("number").values_list("return_reason", flat=True)) == [
        "责任单位不明。", "期限太短。", "",
    ]  # fmt: skip
    approval = case.approvals.get(kind="outcome")
    assert (approval.approved, approval.is_substantial) == (False, False)
    assert approval.opinion == "责任单位不明。；期限太短。"
    assert event.data == {"approval": approval.pk, "items": [1, 2], "substance": False}
    with pytest.raises(Refused):
        step(case, "schedule", county=county)

    step(case, "submit_outcome", county=county)
    assert case.stage == "party_review"


def test_a_return_for_substance_needs_a_new_round(county):
    case = case_at("party_review", county=county)

    step(case, "return_outcome", county=county, substance=True)
    assert case.approvals.get(kind="outcome").is_substantial
    step(case, "schedule", county=county)

    assert case.stage == "scheduled"
    assert case.meetings.get(status="planned").round == 2


def test_filing_numbers_the_case_and_hands_the_tasks_over(county):
    case = case_at("filing", county=county, items=items(county))

    event = step(case, "file", county=county)

    filing = case.filings.get()
    tasks = list(case.tasks.order_by("item", "number"))
    assert filing.number == f"539921协备〔{today().year}〕1号"
    assert (filing.filed_by, filing.filed_on) == (county.office, today())
    assert event.data == {"number": filing.number, "tasks": 3}
    assert [task.state for task in tasks] == ["dispatched"] * 3
    assert [task.unit for task in tasks] == [county.unit, county.unit, county.other_unit]
    assert all(task.dispatched_on == task.first_dispatched_on == today() for task in tasks)
    assert all(task.due_on == task.item.due_on for task in tasks)
    assert (case.stage, case.rounds, case.stage_due_on) == ("handling", 1, None)
    lines = Event.objects.filter(action="dispatch")
    assert {(line.actor, line.role, line.is_public) for line in lines} == {(None, "", True)}


def test_a_filing_waits_for_the_tasks_it_needs(county):
    case = case_at("filing", county=county)
    case.tasks.update(unit=None)

    with pytest.raises(Refused):
        step(case, "file", county=county)

    assert (case.stage, Filing.objects.count()) == ("filing", 0)
    assert not NumberSeries.objects.filter(key__startswith="filing").exists()


def test_an_outcome_that_needs_no_unit_goes_straight_to_supervision(county):
    case = case_at("filing", county=county, items=[{"route": "village"}, {"route": "explain"}])

    step(case, "file", county=county)

    assert case.stage == "supervision"
    assert list(case.events.order_by("pk").values_list("action", flat=True))[-2:] == [
        "file", "complete",
    ]  # fmt: skip


def test_a_filing_with_formal_defects_goes_back_without_a_number(county):
    case = case_at("filing", county=county)

    step(case, "return_filing", county=county, reason="缺审批单扫描件。")

    assert case.stage == "deliberated"
    assert not Filing.objects.exists()


def test_numbers_run_on_and_a_refused_filing_leaves_no_gap(county):
    first, second = case_at("handling", county=county), case_at("filing", county=county)
    with pytest.raises(Refused):
        step(second, "file", county=county, by=county.outsider)

    step(second, "file", county=county)

    year = today().year
    assert [case.filings.get().number for case in (first, second)] == [
        f"539921协备〔{year}〕1号", f"539921协备〔{year}〕2号",
    ]  # fmt: skip


def test_counties_that_share_a_prefix_share_its_series(county):
    Parameter.objects.create(
        region=county.region.parent, key="filing_prefix", value="示协备",
        effective_from=dt.date(2020, 1, 1),
    )  # fmt: skip
    neighbour = a_county("539941", name="邻河县")

    numbers = [
        case_at("handling", county=place).filings.get().number
        for place in (county, neighbour, county)
    ]

    year = today().year
    assert numbers == [f"示协备〔{year}〕{n}号" for n in (1, 2, 3)]


def test_only_the_office_of_this_county_files(county):
    case = case_at("filing", county=county)
    stranger = a_person("office-elsewhere", ("county_office", a_county("539941").region))

    for person in (stranger, county.outsider, county.director, county.leader, county.approver):
        with pytest.raises(Refused):
            step(case, "file", county=county, by=person)

    assert case.stage == "filing"
