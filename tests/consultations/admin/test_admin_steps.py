"""Steps over HTTP: the form, its errors, the second person, the forged request."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from consultations.models import ReasonText
from consultations.workflow.cases import CASES
from consultations.workflow.tasks import TASKS
from tests.factories import case_at, task_at, task_step

SOON = timezone.localdate() + dt.timedelta(days=30)


def send(client, url, subject, **data):
    return client.post(url, {"version": subject.version, **data})


def test_the_record_offers_the_next_steps(county, enter, record):
    case = case_at("proposed", county=county)
    page = enter(county.leader).get(record(case)).content.decode()
    assert record(case, "step", "approve") in page
    assert record(case, "step", "reject") not in page  # the office's step
    assert record(case, "step", "reject") in enter(county.office).get(record(case)).content.decode()


def test_a_step_that_is_not_possible_yet_is_grey_and_says_why(county, enter, record):
    case = case_at("scheduled", county=county)
    page = enter(county.clerk).get(record(case))
    assert record(case, "step", "conclude") not in page.content.decode()
    offer = next(o for o in page.context["steps"] if o.row.action == "conclude")
    assert len(offer.reasons) == 4  # attendance, two sides, statements, items
    assert all(reason in page.content.decode() for reason in offer.reasons)


def test_a_step_is_taken_and_leads_back_to_the_record(county, enter, record):
    case = case_at("proposed", county=county)
    answer = send(enter(county.leader), record(case, "step", "approve"), case, opinion="同意")
    assert answer.url == record(case)
    case.refresh_from_db()
    assert case.stage == "approved"
    assert case.approvals.get().opinion == "同意"


def test_all_reasons_stand_in_the_form_and_what_was_typed_stays(county, enter, record):
    case = case_at("scheduled", county=county)
    url = record(case, "step", "conclude")
    answer = send(enter(county.clerk), url, case, held_on="2020年6月中旬", head_count="12")
    form = answer.context["form"]
    assert answer.status_code == 200
    assert {"read_back", "host_confirmed"} <= set(form.errors)
    assert len(form.non_field_errors()) == 4
    assert 'value="2020年6月中旬"' in answer.content.decode()
    assert 'value="12"' in answer.content.decode()


def test_a_reason_stands_beside_the_field_it_concerns(county, enter, record):
    case = case_at("proposed", county=county)
    url = record(case, "step", "defer")
    answer = send(enter(county.office), url, case, review_on="2020-01-01", reason="待资金")
    assert list(answer.context["form"].errors) == ["review_on"]
    assert "待资金" in answer.content.decode()


@pytest.mark.parametrize(("day", "wrong"), [("明天", "visited_on"), ("2月30日", "visited_on")])
def test_only_the_wrong_box_of_a_visit_is_marked(county, enter, record, day, wrong):
    case = case_at("research", county=county)
    url = record(case, "step", "log_visit")
    typed = {"visited_on": day, "place": "三组", "method": "household", "findings": "缺水"}
    answer = send(enter(county.clerk), url, case, **typed)
    assert list(answer.context["form"].errors) == [wrong]


def test_a_missing_reason_is_asked_for(county, enter, record):
    case = case_at("proposed", county=county)
    answer = send(enter(county.office), record(case, "step", "reject"), case, reason="  ")
    assert list(answer.context["form"].errors) == ["reason"]


def test_a_usual_reason_serves_without_javascript(county, enter, record):
    case = case_at("proposed", county=county)
    ReasonText.objects.create(
        subject="case", action="reject", title="不属协商范围", text="不属协商范围。"
    )
    url = record(case, "step", "reject")
    assert "不属协商范围" in enter(county.office).get(url).content.decode()
    answer = send(enter(county.office), url, case, usual_reason="不属协商范围。", reason="")
    assert answer.status_code == 302
    assert case.events.get(action="reject").reason == "不属协商范围。"


def test_the_second_person_is_told_politely_and_loses_nothing(county, enter, record):
    case = case_at("proposed", county=county)
    stale = case.version
    enter(county.office).post(
        record(case, "step", "restrict"), {"version": case.version, "reason": "先核实"}
    )
    url = record(case, "step", "reject")
    answer = enter(county.office).post(url, {"version": stale, "reason": "不属协商范围"})
    assert answer.status_code == 200
    assert "不属协商范围" in answer.content.decode()
    case.refresh_from_db()
    assert case.stage == "proposed"
    fresh = answer.context["form"]["version"].value()
    again = enter(county.office).post(url, {"version": fresh, "reason": "不属协商范围"})
    assert again.status_code == 302
    case.refresh_from_db()
    assert case.stage == "rejected"


def test_a_step_taken_by_somebody_else_meanwhile_is_explained(county, enter, record):
    case = case_at("proposed", county=county)
    stale = case.version
    send(enter(county.leader), record(case, "step", "approve"), case, opinion="同意")
    answer = enter(county.office).post(
        record(case, "step", "reject"), {"version": stale, "reason": "不属协商范围"}
    )
    assert answer.status_code == 200
    assert "不属协商范围" in answer.content.decode()
    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize("action", ["fly", "complete", "__class__", "approve_outcome"])
def test_an_unknown_or_foreign_step_does_not_exist(county, enter, record, action):
    case = case_at("proposed", county=county)
    url = f"/admin/consultations/case/{case.pk}/step/{action}/"
    assert enter(county.clerk).get(url).status_code == 404
    assert enter(county.clerk).post(url, {"version": case.version}).status_code == 404


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40, "1.5"])
def test_a_forged_version_is_an_error_of_the_form(county, enter, record, version):
    case = case_at("proposed", county=county)
    url = record(case, "step", "reject")
    answer = enter(county.office).post(url, {"version": version, "reason": "不属协商范围"})
    assert answer.status_code == 200
    case.refresh_from_db()
    assert case.stage == "proposed"


def test_nobody_takes_a_role_that_is_not_held(county, enter, record):
    case = case_at("no_consensus", county=county)
    county.office.grants.create(role="leader", region=county.region)
    url = record(case, "step", "terminate")
    answer = send(enter(county.office), url, case, reason="政策变化", role="party_approver")
    assert list(answer.context["form"].errors) == ["role"]


FORGED = {
    "version": "x", "reason": "理由" * 400, "visited_on": "明天", "place": ["a", "b"], "method": "fly",
    "people_met": "many", "starts_at": "2026-13-45T99:99", "room": "999999", "form": "castle",
    "target": "不存在", "unit": "不存在的局", "review_on": "soon", "decided_on": "2999-01-01",
    "tasks": ["99999", "x"], "ground": "none", "kind": "none", "result_class": "Z", "promise_on": "x",
    "percent": "1000", "until": "31/31/31", "cause": "none", "outcome": "none", "body": "x" * 9000,
    "new_due_on": "never", "held_on": "2999", "head_count": "-5", "paper_note": "a" * 500,
    "item_1": "x", "role": "god",
}  # fmt: skip


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row.action}-{row.sources[0]}")
def test_nonsense_in_a_case_step_is_never_an_error_of_ours(county, enter, record, row):
    stage = str(row.sources[0])
    case = case_at(stage, county=county)
    statuses = {
        enter(county.people[role]).post(record(case, "step", row.action), FORGED).status_code
        for role in row.roles
        if role in county.people
    }
    assert statuses <= {200, 404}
    case.refresh_from_db()
    assert case.stage == stage


@pytest.mark.parametrize("row", TASKS, ids=lambda row: row.action)
def test_nonsense_in_a_task_step_is_never_an_error_of_ours(county, enter, task_record, row):
    state = str(row.sources[0])
    task = task_at(state, county=county)
    statuses = {
        enter(county.people[role]).post(task_record(task, row.action), FORGED).status_code
        for role in (*row.roles, *row.proxy_roles)
        if role in county.people
    }
    assert statuses <= {200, 404}
    task.refresh_from_db()
    assert task.state == state


def test_a_clerk_enters_on_behalf_of_the_unit_and_names_the_paper(county, enter, task_record):
    task = task_at("handling", county=county)
    url = task_record(task, "report_progress")
    answer = send(enter(county.clerk), url, task, text="已进场施工")
    assert list(answer.context["form"].errors) == ["paper_note"]
    send(enter(county.clerk), url, task, text="已进场施工", paper_note="县水务局电话 6月2日")
    event = task.events.get(action="report_progress")
    assert (event.on_behalf_of, event.data["paper_note"]) == ("县水务局", "县水务局电话 6月2日")


def test_a_unit_of_the_county_is_chosen_by_name(county, enter, task_record):
    task = task_at("return_requested", county=county)
    url = task_record(task, "reassign")
    answer = send(enter(county.office), url, task, unit="县交", reason="按事权")
    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.unit == county.other_unit


def test_a_name_that_fits_several_units_lists_them(county, enter, task_record):
    task = task_at("return_requested", county=county)
    url = task_record(task, "reassign")
    answer = send(enter(county.office), url, task, unit="局", reason="按事权")
    assert "县交通运输局" in answer.context["form"].errors["unit"][0]


def test_a_reply_takes_the_result_classes_of_the_place(county, enter, task_record):
    task = task_at("handling", county=county)
    county.region.result_classes.create(code="甲", label="已经解决", meaning="solved")
    url = task_record(task, "draft_reply")
    page = enter(county.officer).get(url).content.decode()
    assert "已经解决" in page
    answer = send(enter(county.officer), url, task, body="逐条答复", result_class="甲")
    assert answer.status_code == 302
    reply = task.replies.get()
    assert (reply.result_class, reply.meaning) == ("甲", "solved")


def test_the_page_of_a_step_says_beforehand_why_it_is_not_possible(county, enter, record):
    case = case_at("scheduled", county=county)
    client = enter(county.clerk)
    page = client.get(record(case, "step", "conclude"))
    assert len(page.context["against"]) == 4
    assert all(reason in page.content.decode() for reason in page.context["against"])
    answer = send(client, record(case, "step", "conclude"), case)
    assert answer.context["against"] == []  # then they stand in the form, once


def test_an_extension_is_answered_only_where_one_was_asked_for(county, enter, record):
    task = task_at("handling", county=county)
    client, answer = (
        enter(county.office),
        f"/admin/consultations/task/{task.pk}/step/grant_extension/",
    )
    assert answer not in client.get(record(task.case)).content.decode()
    task_step(task, "request_extension", county=county)
    assert answer in client.get(record(task.case)).content.decode()
