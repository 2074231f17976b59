"""What is done to many rows at once: to cases, to replies, to suggestions."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from consultations.models import Case, Suggestion, Task
from consultations.models.topics import TopicField
from consultations.services import suggestions
from tests.consultations.admin.ticked import (
    CASES,
    INBOX,
    TASKS,
    able,
    do,
    look,
    tick,
    unable,
    whole,
)
from tests.factories import a_case, a_county, task_at
from tests.public_cases import a_campaign

pytestmark = pytest.mark.django_db


# --- cases --------------------------------------------------------------------------------------


def test_a_co_worker_comes_and_goes(county, enter):
    case = a_case(county=county)
    client = enter(county.office)
    added = whole(client, CASES, "add_helper", case, person=county.director.pk)
    assert added.context["result"].done == 1
    assert list(case.helpers.all()) == [county.director]
    asked = tick(client, CASES, "add_helper", case)
    assert case in unable(look(client, CASES, asked, person=county.director.pk))
    gone = whole(client, CASES, "remove_helper", case, person=county.director.pk)
    assert gone.context["result"].done == 1
    assert not case.helpers.exists()
    assert list(case.events.order_by("pk").values_list("action", flat=True))[-2:] == [
        "assign", "take_off"]  # fmt: skip


def test_the_field_is_set_and_taken_away(county, enter):
    case = a_case(county=county)
    field = TopicField.objects.create(code="water-x", name="水利")
    client = enter(county.office)
    assert whole(client, CASES, "field", case, field=field.pk).context["result"].done == 1
    case.refresh_from_db()
    assert case.field == field
    asked = tick(client, CASES, "field", case)
    assert case in unable(look(client, CASES, asked, field=field.pk))
    assert whole(client, CASES, "field", case, field="").context["result"].done == 1
    case.refresh_from_db()
    assert case.field is None


def test_a_brand_of_the_own_place_is_set_and_no_other(county, enter):
    case = a_case(county=county)
    own = a_campaign(county.committee)
    other = a_campaign(a_county("529921", name="省外县").committee, code="other")
    client = enter(county.office)
    asked = tick(client, CASES, "campaign", case)
    assert "campaign" in look(client, CASES, asked, campaign=other.pk).context["form"].errors
    assert whole(client, CASES, "campaign", case, campaign=own.pk).context["result"].done == 1
    case.refresh_from_db()
    assert case.campaign == own
    asked = tick(client, CASES, "campaign", case)
    assert case in unable(look(client, CASES, asked, campaign=own.pk))
    assert whole(client, CASES, "campaign", case, campaign="").context["result"].done == 1
    case.refresh_from_db()
    assert case.campaign is None


# --- replies ------------------------------------------------------------------------------------


def test_replies_are_returned_with_one_text_that_names_each(county, enter):
    tasks = [task_at("replied", county=county, title=f"事{n}") for n in range(2)]
    early = task_at("handling", county=county, title="还早")
    client = enter(county.office)
    asked = tick(client, TASKS, "return", *tasks, early)
    assert early in unable(asked)
    names = asked.context["form"].names
    text = f"请补充{{{names[0]}}}的照片。{{未知}}"
    looked = look(client, TASKS, asked, text=text)
    shown = {line.picked.record: line.text for line in looked.context["able"]}
    assert shown == {task: f"请补充{task.title}的照片。{{未知}}" for task in tasks}
    assert all(words in looked.content.decode() for words in shown.values())
    done = do(client, TASKS, looked, text=text)
    assert done.context["result"].done == 2
    for task in tasks:
        task.refresh_from_db()
        assert task.state == "handling"
        assert task.events.get(action="return_reply").reason == shown[task]


def test_a_text_too_long_once_filled_in_is_refused_for_that_row_alone(county, enter):
    short, long = task_at("replied", county=county), task_at("replied", county=county)
    Task.objects.filter(pk=long.pk).update(title="长" * 100)
    client = enter(county.office)
    asked = tick(client, TASKS, "return", short, long)
    text = f"{{{asked.context['form'].names[0]}}}" + "请补充。" * 60
    looked = look(client, TASKS, asked, text=text)
    assert able(looked) == [short]
    assert list(unable(looked)) == [long]
    assert look(client, TASKS, asked, text="").context["form"].errors  # a return says why


def test_replies_are_accepted_each_to_its_own_result(county, enter):
    solved, second = task_at("replied", county=county), task_at("replied", county=county)
    done = whole(enter(county.office), TASKS, "accept", solved, second, text="情况属实。")
    assert done.context["result"].done == 2
    states = set(Task.objects.filter(pk__in=[solved.pk, second.pk]).values_list("state", flat=True))
    assert states == {"answered"}


# --- suggestions --------------------------------------------------------------------------------


def raised(county, title, token) -> Suggestion:
    return suggestions.receive(
        title=title, problem="晚上很暗。", region=county.village, form_token=token
    )


def test_many_suggestions_get_one_answer_that_names_each(county, enter):
    one, two = raised(county, "路灯", "a"), raised(county, "车站", "b")
    client = enter(county.office)
    asked = tick(client, INBOX, "answer", one, two)
    text = f"您反映的{{{asked.context['form'].names[0]}}}已安排。"
    looked = look(client, INBOX, asked, state="answered", text=text)
    assert [line.text for line in looked.context["able"]] == [
        f"您反映的{row.title}已安排。" for row in able(looked)
    ]
    done = do(client, INBOX, looked, state="answered", text=text)
    again = do(client, INBOX, looked, state="answered", text=text)
    assert (done.context["result"].done, again.context["result"].done) == (2, 0)
    one.refresh_from_db()
    assert (one.state, one.answer) == ("answered", "您反映的路灯已安排。")
    assert LogEntry.objects.count() == 2


def test_the_same_raised_twice_is_joined_and_followed_together(county, enter):
    root, same, also = (raised(county, t, t) for t in ("路灯", "路灯坏了", "灯"))
    client = enter(county.office)
    done = whole(client, INBOX, "join", same, root, code=root.query_code, text="一并办理。")
    assert done.context["result"].done == 1
    same.refresh_from_db()
    assert (same.state, same.joined_to) == ("joined", root)
    whole(client, INBOX, "join", also, code=same.query_code, text="一并办理。")
    also.refresh_from_db()
    assert also.joined_to == root  # never a chain
    case = suggestions.accept(root, by=county.office)
    Case.objects.filter(pk=case.pk).update(
        is_public=True, published_at=case.created_at, stage="proposed"
    )
    page = Client().post("/track/", {"code": same.query_code}, follow=True)
    assert page.context["found"].case == case
    assert "一并办理。" in page.content.decode()
    assert root.query_code not in page.content.decode()


def test_a_code_from_elsewhere_joins_nothing(county, enter):
    foreign = raised(a_county("539922", name="白塔县"), "路灯", "x")
    mine = raised(county, "路灯", "y")
    client = enter(county.office)
    asked = tick(client, INBOX, "join", mine)
    answer = look(client, INBOX, asked, code=foreign.query_code, text="一并办理。")
    assert "code" in answer.context["form"].errors
    mine.refresh_from_db()
    assert mine.state == "received"


def test_suggestions_are_given_to_somebody_of_the_place(county, enter):
    one = raised(county, "路灯", "a")
    client = enter(county.office)
    asked = tick(client, INBOX, "give", one)
    assert one in unable(look(client, INBOX, asked, person=county.leader.pk))
    done = whole(client, INBOX, "give", one, person=county.clerk.pk)
    assert done.context["result"].done == 1
    one.refresh_from_db()
    assert one.owner == county.clerk
    assert list(enter(county.clerk).get(INBOX + "?mine=me").context["cl"].queryset) == [one]
    assert str(county.clerk) in client.get(f"{INBOX}{one.pk}/change/").content.decode()
