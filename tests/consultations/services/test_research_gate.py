"""Where a place wants it, its Party committee approves field research before the first meeting."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from committees.models import Parameter
from consultations.models import Notice
from consultations.selectors.todo import todo_for
from consultations.workflow.engine import Refused
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate(county):
    return Parameter.objects.create(
        region=county.region, key="research_gate", value="party",
        effective_from=dt.date(2020, 1, 1),
    )  # fmt: skip


@pytest.fixture
def case(county):
    found = case_at("research", county=county)
    step(found, "log_visit", county=county)
    return found


def waits(county, case) -> bool:
    return any(case in group.rows for group in todo_for(county.approver))


def test_without_the_rule_the_meeting_follows_at_once(county, case):
    assert not waits(county, case)
    with pytest.raises(Refused):
        step(case, "approve_research", county=county)

    step(case, "schedule", county=county)
    assert case.stage == "scheduled"


@pytest.mark.usefixtures("gate")
def test_with_the_rule_the_meeting_waits_for_the_approval(county, case):
    assert waits(county, case)
    with pytest.raises(Refused):
        step(case, "schedule", county=county)

    event = step(case, "approve_research", county=county, number="柳党〔2026〕3号")

    decision = case.approvals.get(kind="research")
    assert (decision.approved, decision.decided_by, decision.number) == (
        True, county.approver, "柳党〔2026〕3号",
    )  # fmt: skip
    assert (case.stage, event.is_public) == ("research", False)
    assert not waits(county, case)
    told = {row.recipient for row in Notice.objects.filter(action="approve_research")}
    assert {county.clerk, county.director} <= told
    step(case, "schedule", county=county)


@pytest.mark.usefixtures("gate")
def test_what_was_returned_is_researched_further_and_decided_upon_again(county, case):
    step(case, "return_research", county=county, reason="请再走访下游农户。")

    assert case.approvals.get(kind="research").opinion == "请再走访下游农户。"
    with pytest.raises(Refused):
        step(case, "schedule", county=county)
    step(case, "log_visit", county=county)
    assert waits(county, case)
    step(case, "approve_research", county=county)
    step(case, "schedule", county=county)


@pytest.mark.usefixtures("gate")
def test_nothing_waits_before_the_first_visit(county):
    bare = case_at("research", county=county)

    assert not waits(county, bare)


@pytest.mark.usefixtures("gate")
def test_a_second_round_needs_no_second_approval(county, case):
    step(case, "approve_research", county=county)
    step(case, "schedule", county=county)
    step(case, "conclude_without_consensus", county=county)

    step(case, "schedule", county=county)
    assert case.stage == "scheduled"


@pytest.mark.usefixtures("gate")
def test_the_approver_decides_on_the_own_pages(county, case, client):
    client.force_login(county.approver)
    url = reverse("my:case_step", args=[case.pk, "approve_research"])

    assert client.get(reverse("my:case", args=[case.pk])).content.decode().count(url) == 1
    form = client.get(url).context["form"]
    sent = {"version": form["version"].value(), "opinion": "", "decided_on": ""}
    assert client.post(url, sent).context["form"].errors["opinion"]
    assert client.post(url, sent | {"opinion": "同意。"}).status_code == 302
    assert case.approvals.get(kind="research").opinion == "同意。"
