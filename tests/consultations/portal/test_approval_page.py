"""The Party approver: the whole outcome on one page, one decision, nobody over his own work."""

from __future__ import annotations

import pytest

from consultations.models import Case
from tests.factories import a_county, a_person, case_at, grant, step
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db
ITEMS = [{"commitments": 1}, {"text": "夜间让水三天", "route": "parties"}]


@pytest.fixture
def case(county) -> Case:
    return case_at("party_review", county=county, items=ITEMS)


@pytest.fixture
def url(case) -> str:
    return f"/my/approvals/{case.pk}/"


@pytest.fixture
def approver(county) -> Colleague:
    return Colleague(county.approver)


def test_the_whole_outcome_stands_on_one_page(approver, url, case, county):
    meeting = case.meetings.get()
    meeting.statements.create(kind="dissent", text="三组仍希望先修西沟。", order=9)
    type(meeting).objects.filter(pk=meeting.pk).update(summary="大家同意先修东沟。")

    text = approver.open(url).text

    for words in ("修复东沟第1段", "夜间让水三天", "修复渗漏段", "县水务局", "插秧期让水三天",
                  "三组仍希望先修西沟。", "大家同意先修东沟。", case.problem):  # fmt: skip
        assert words in text, words


def test_all_is_approved_with_the_opinion(approver, url, case):
    approver.open("/my/")
    approver.follow(url)
    page = approver.send("decision=approve_outcome", opinion="同意，请尽快办理。")

    case.refresh_from_db()
    approval = case.approvals.get(kind="outcome")
    assert (case.stage, page.path) == ("filing", "/my/")
    assert (approval.approved, approval.opinion) == (True, "同意，请尽快办理。")


def test_items_are_returned_each_with_its_reason(approver, url, case):
    first, second = case.items.order_by("number")
    approver.open(url)
    approver.send("decision=return_outcome", **{f"item_{second.pk}": "让水时间要再谈。"})

    case.refresh_from_db()
    second.refresh_from_db()
    first.refresh_from_db()
    assert case.stage == "deliberated"
    assert (first.return_reason, second.return_reason) == ("", "让水时间要再谈。")


def test_a_return_without_any_reason_is_told_and_loses_nothing(approver, url, case):
    approver.open(url)

    page = approver.send("decision=return_outcome", opinion="")

    case.refresh_from_db()
    assert (page.status, case.stage) == (200, "party_review")
    assert page.complaints


@pytest.mark.parametrize("decision", ["", "close", "terminate", "file"])
def test_no_other_step_can_be_sent_here(approver, url, case, decision):
    approver.open(url)

    assert approver.post(url, {"decision": decision, "version": case.version}).status == 404


def test_whoever_compiled_it_reads_why_he_cannot_approve(case, url, county):
    Case.objects.filter(pk=case.pk).update(compiled_by=county.approver)
    page = Colleague(county.approver).open(url)

    assert not any(f.has("opinion") for f in page.forms)
    assert "alert--wait" in {name for e in page.root for name in e.classes}
    sent = Colleague(county.approver)
    sent.open("/my/")
    answer = sent.post(url, {"decision": "approve_outcome", "version": case.version,
                             "opinion": "同意"})  # fmt: skip
    case.refresh_from_db()
    assert (answer.status, case.stage) == (200, "party_review")


@pytest.mark.parametrize(
    "name", ["member", "director", "clerk", "office", "leader", "officer", "village_clerk",
             "dispatch_office", "prefecture_office", "nobody"],
)  # fmt: skip
def test_nobody_else_opens_or_decides(county, url, case, name):
    person = Colleague(getattr(county, name))

    assert person.open(url).status == 404
    assert person.post(url, {"decision": "approve_outcome"}).status == 404
    case.refresh_from_db()
    assert case.stage == "party_review"


def test_the_approver_of_another_township_finds_nothing(case, url):
    elsewhere = a_county("539922", name="邻河县")
    stranger = a_person("stranger", ("party_approver", elsewhere.township))

    assert Colleague(stranger).open(url).status == 404


def test_a_county_wide_office_role_does_not_open_the_page(case, url, county):
    grant(county.member, "county_office", county.region)

    assert Colleague(county.member).open(url).status == 404


def test_a_decided_outcome_is_told_and_not_decided_twice(approver, url, case, county):
    approver.open(url)
    step(case, "approve_outcome", county=county)

    page = approver.send("decision=approve_outcome", opinion="同意")

    assert page.status == 200
    assert "alert--bad" in {name for e in page.root for name in e.classes}
    assert case.approvals.filter(kind="outcome").count() == 1
    assert approver.open(url).status == 200
