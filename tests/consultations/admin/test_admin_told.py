"""What a step page tells: who moved the record on, who is next, what a draft waits for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from committees.models import Role
from consultations.models import ReasonText
from consultations.workflow.cases import CASES
from tests.factories import case_at, grant, step, task_at, task_step


def errors(answer) -> str:
    return " ".join(answer.context["form"].non_field_errors())


def test_who_moved_it_on_is_told_with_the_stage(county, enter, record):
    case = case_at("proposed", county=county)
    client, url = enter(county.office), record(case, "step", "reject")
    version = case.version
    step(case, "approve", county=county)

    answer = client.post(url, {"version": version, "reason": "不在范围"})

    told = errors(answer)
    assert str(county.leader) in told
    assert str(next(row.label for row in CASES if row.action == "approve")) in told
    assert case.get_stage_display() in told
    assert "不在范围" in answer.content.decode()
    assert str(county.leader) in client.get(url).content.decode(), "also when it is opened late"


def test_a_task_that_was_moved_on_tells_of_the_task(county, enter, task_record):
    task = task_at("replied", county=county)
    version = task.version
    task_step(task, "accept_reply", county=county)
    grant(county.director, "county_office", county.region)

    answer = enter(county.director).post(
        task_record(task, "return_reply"), {"version": version, "reason": "再补充"}
    )

    assert str(county.office) in errors(answer)
    assert task.get_state_display() in errors(answer)


def test_a_change_that_left_the_stage_names_who_what_and_when(county, enter, record):
    case = case_at("research", county=county)
    version = case.version
    step(case, "log_visit", county=county, by=county.member)

    answer = enter(county.clerk).post(
        record(case, "step", "withdraw"), {"version": version, "reason": "不再需要"}
    )

    told = errors(answer)
    assert str(county.member) in told
    assert str(next(row.label for row in CASES if row.action == "log_visit")) in told


@pytest.mark.parametrize(
    ("state", "who", "roles"),
    [
        ("dispatched", "office", {Role.UNIT_OFFICER}),
        ("handling", "officer", {Role.UNIT_LEADER}),
        ("replied", "officer", {Role.COUNTY_OFFICE}),
        ("answered", "officer", {Role.MEMBER, Role.VILLAGE_CLERK, Role.COUNTY_OFFICE}),
        ("verified", "office", set()),
    ],
)
def test_the_task_page_names_who_is_next(county, enter, task_record, state, who, roles):
    task = task_at(state, county=county)

    told = " ".join(enter(county.people[who]).get(task_record(task)).context["awaited"])

    assert {role for role in Role if str(role.label) in told} >= roles
    assert bool(told) == bool(roles)


def test_a_draft_reply_says_what_it_waits_for(county, enter, task_record):
    task = task_at("handling", county=county)
    data = {"version": task.version, "body": "已修复。", "result_class": "A"}

    answer = enter(county.officer).post(task_record(task, "draft_reply"), data, follow=True)

    told = [str(message) for message in answer.context["messages"]]
    assert len(told) == 1
    assert task.item.text in told[0]  # it is not spoken of, and that is pointed out at once


def test_what_is_pointed_out_is_confirmed_where_it_is_signed(county, enter, task_record):
    task = task_at("handling", county=county)
    task_step(task, "draft_reply", county=county, body="我们高度重视。")
    client, url = enter(county.unit_leader), task_record(task, "reply")
    sent = {"version": task.version, "number": "水复〔1〕号"}

    page = client.get(url)
    assert len(page.context["form"].pointed_out) == 2
    refused = client.post(url, sent)
    assert refused.context["form"].errors["flags_confirmed"]
    assert not task.replies.exclude(signed_on=None).exists()

    client.post(url, sent | {"flags_confirmed": "on"})

    assert len(task.replies.exclude(signed_on=None).get().flags) == 2


def test_a_returned_reply_stands_beside_its_new_version(county, enter, task_record):
    task = task_at("replied", county=county)
    task_step(task, "return_reply", county=county, reason="没有说何时通水。")
    officer = enter(county.officer)
    form = officer.get(task_record(task, "draft_reply")).context["form"]
    assert form.initial["body"] == "两处渗漏已修复。"  # nothing is typed anew
    task_step(task, "draft_reply", county=county, body="两处渗漏已修复，六月通水。")
    task_step(task, "reply", county=county)

    page = enter(county.office).get(task_record(task, "accept_reply"))

    told = page.content.decode()
    assert "没有说何时通水。" in told
    assert "<ins>，六月通水</ins>" in told


def test_the_findings_of_a_check_stand_side_by_side(county, enter, task_record):
    task = task_at("answered", county=county)

    page = enter(county.member).get(task_record(task))

    assert [offer.row.action for offer in page.context["steps"]] == [
        "verify_true", "verify_partly", "verify_false",
    ]  # fmt: skip
    assert page.context["severe_steps"] == []


def test_an_opinion_is_prefilled_and_needed(county, enter, record):
    for order, text in enumerate(["同意立题。", "同意，先补充调研。"]):
        ReasonText.objects.create(
            subject="case", action="approve", title=text[:4], text=text, order=order
        )
    case = case_at("proposed", county=county)
    client, url = enter(county.leader), record(case, "step", "approve")
    form = client.get(url).context["form"]
    assert form["opinion"].value() == "同意立题。"
    assert len(form.fields["usual_opinion"].choices) == 3

    sent = {"version": case.version, "opinion": "  ", "usual_opinion": ""}
    assert list(client.post(url, sent).context["form"].errors) == ["opinion"]
    chosen = client.post(url, sent | {"usual_opinion": "同意，先补充调研。"})

    assert chosen.status_code == 302
    assert case.approvals.get().opinion == "同意，先补充调研。"


def test_a_split_leads_to_the_new_draft(county, enter, record):
    case = case_at("deliberated", county=county)
    client, url = enter(county.clerk), record(case, "step", "split")
    empty = client.post(url, {"version": case.version, "title": "机耕桥破损", "problem": ""})
    assert list(empty.context["form"].errors) == ["title"]

    answer = client.post(
        url,
        {
            "version": case.version, "title": "机耕桥破损", "problem": "过不了车。",
            "sides": [case.sides.first().pk], "items": [case.items.get().pk],
        },
    )  # fmt: skip

    draft = case.linked_from.get().case
    assert answer.url == record(draft)
    assert (draft.items.count(), draft.sides.count()) == (1, 1)
    assert draft.code in client.get(record(case)).content.decode()


def test_a_clerk_sees_the_next_step_first_and_a_split_among_the_side_ways(county, enter, record):
    case = case_at("scheduled", county=county)

    page = enter(county.clerk).get(record(case))

    assert "split" not in [offer.row.action for offer in page.context["steps"]]
    assert "split" in [offer.row.action for offer in page.context["severe_steps"]]


def test_the_target_of_a_merger_lists_what_joined_it(county, enter, record):
    case = case_at("proposed", county=county, title="西沟也漏水", wish="一起修")
    target = case_at("research", county=county)
    step(case, "merge", county=county, target=target)

    page = enter(county.office).get(record(target)).content.decode()

    assert "西沟也漏水" in page
    assert "一起修" in page
    assert reverse("admin:consultations_case_change", args=[case.pk]) in page
