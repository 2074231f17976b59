"""Many rows at once: looked at one by one, done one by one, told one by one."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from zeal import zeal_ignore

from committees.admin import bulk
from consultations.models import Case, Event, Suggestion, Task
from consultations.models.topics import TopicField
from consultations.services import suggestions
from tests.factories import a_case, a_county, case_at, task_at

pytestmark = pytest.mark.django_db
CASES = "/admin/consultations/case/"
TASKS = "/admin/consultations/task/"
INBOX = "/admin/consultations/suggestion/"


def tick(client, url, action, *rows, **data):
    """The rows ticked in the list."""
    return client.post(url, {"action": action, "_selected_action": [r.pk for r in rows], **data})


def look(client, url, page, **data):
    """The form filled in: each row with what would happen to it."""
    return client.post(
        url, {"action": page.context["action"], "keys": page.context["keys"], "look": 1, **data}
    )


def do(client, url, page, **data):
    """One row after the other, each in its own transaction: so the same statements come again."""
    sent = {"action": page.context["action"], "keys": page.context["keys"], "do": 1, **data}
    with zeal_ignore():
        return client.post(url, sent)


def whole(client, url, action, *rows, **data):
    """From the ticks to the end."""
    asked = tick(client, url, action, *rows)
    return do(client, url, look(client, url, asked, **data), **data)


def able(page) -> list:
    return [line.picked.record for line in page.context["able"]]


def unable(page) -> dict:
    return {line.picked.record: line.reasons for line in page.context["unable"]}


# --- the three pages ----------------------------------------------------------------------------


def test_a_row_is_shown_with_its_state_and_why_not_before_anything_happens(county, enter):
    open_case, ended = a_case(county=county), case_at("rejected", county=county)
    client = enter(county.office)
    asked = tick(client, CASES, "owner", open_case, ended)
    assert able(asked) == [open_case]
    assert list(unable(asked)) == [ended]
    assert all(unable(asked)[ended])
    looked = look(client, CASES, asked, person=county.director.pk)
    assert able(looked) == [open_case]
    assert str(county.director) in looked.context["able"][0].text
    assert open_case.code in looked.content.decode()
    assert looked.context["able"][0].state in looked.content.decode()
    open_case.refresh_from_db()
    assert open_case.owner == county.clerk  # looking changes nothing


def test_the_last_page_tells_how_many_and_which_not(county, enter):
    first, second = a_case(county=county), a_case(county=county, title="又一件事")
    client = enter(county.office)
    looked = look(
        client, CASES, tick(client, CASES, "owner", first, second), person=county.director.pk
    )
    Case.objects.filter(pk=second.pk).update(version=second.version + 1)
    done = do(client, CASES, looked, person=county.director.pk)
    assert done.context["result"].done == 1
    (left,) = done.context["result"].refused
    assert left.picked.record == second
    assert second.code in done.content.decode()
    first.refresh_from_db()
    assert first.owner == county.director
    assert Event.objects.filter(case=first, action="assign").count() == 1
    assert not Event.objects.filter(case=second, action="assign").exists()


def test_a_wrong_form_keeps_the_rows_and_says_why(county, enter):
    case = a_case(county=county)
    client = enter(county.office)
    asked = tick(client, CASES, "owner", case)
    again = look(client, CASES, asked, person="")
    assert again.context["form"].errors
    assert again.context["keys"] == asked.context["keys"] == f"{case.pk}:{case.version}"
    tampered = do(client, CASES, asked, person=county.outsider.pk)
    assert "person" in tampered.context["form"].errors
    case.refresh_from_db()
    assert case.owner == county.clerk


def test_sent_twice_is_done_once(county, enter):
    task = task_at("replied", county=county)
    client = enter(county.office)
    looked = look(client, TASKS, tick(client, TASKS, "accept", task), text="")
    first = do(client, TASKS, looked, text="")
    second = do(client, TASKS, looked, text="")
    assert (first.context["result"].done, second.context["result"].done) == (1, 0)
    assert len(second.context["result"].refused) == 1
    assert Event.objects.filter(task=task, action="accept_reply").count() == 1


def test_all_that_the_filter_finds_and_not_more(county, enter):
    drafts = [a_case(county=county, title=f"事{n}") for n in range(3)]
    case_at("proposed", county=county)
    page = enter(county.office).post(
        CASES + "?stage=draft", {"action": "owner", "select_across": "1"}
    )
    assert set(able(page)) == set(drafts)
    assert not page.context["cut_off"]


def test_more_than_the_bound_is_said(county, enter, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 2)
    for number in range(3):
        a_case(county=county, title=f"事{number}")
    page = enter(county.office).post(CASES, {"action": "owner", "select_across": "1"})
    assert len(able(page)) == 2
    assert page.context["cut_off"]


def test_what_no_time_is_left_for_is_offered_again(county, enter, monkeypatch):
    cases = [a_case(county=county, title=f"事{n}") for n in range(3)]
    client = enter(county.office)
    looked = look(client, CASES, tick(client, CASES, "owner", *cases), person=county.director.pk)
    monkeypatch.setattr(bulk, "PATIENCE", -1.0)
    waiting = do(client, CASES, looked, person=county.director.pk)
    assert (waiting.context["result"].done, len(waiting.context["result"].left)) == (0, 3)
    monkeypatch.setattr(bulk, "PATIENCE", 10.0)
    done = do(client, CASES, waiting, person=county.director.pk)
    assert done.context["result"].done == 3
    assert set(Case.objects.values_list("owner", flat=True)) == {county.director.pk}


@pytest.mark.parametrize("action", ["owner", "accept"])
def test_looking_costs_the_same_queries_for_one_row_and_three(
    county, enter, action, django_assert_max_num_queries
):
    client = enter(county.office)
    url, build = (CASES, a_case) if action == "owner" else (TASKS, None)
    sent = {"person": county.director.pk} if action == "owner" else {"text": "{任务}"}

    def rows(count):
        if build:
            return [a_case(county=county, title=f"事{n}") for n in range(count)]
        return [task_at("replied", county=county, title=f"事{n}") for n in range(count)]

    seen = []
    for count in (1, 3):
        asked = tick(client, url, action, *rows(count))
        with django_assert_max_num_queries(40) as queries:
            assert len(able(look(client, url, asked, **sent))) == count
        seen.append(len(queries))
    assert seen[0] == seen[1]


def test_a_thousand_rows_make_one_page_of_bounded_size(
    county, enter, django_assert_max_num_queries
):
    model = a_case(county=county)
    rows = []
    for number in range(bulk.MOST):
        row = Case.objects.get(pk=model.pk)
        row.pk, row.code, row.title = None, f"TX-{number}", f"第{number}件事"
        rows.append(row)
    Case.objects.bulk_create(rows)
    client = enter(county.office)
    with django_assert_max_num_queries(20):
        page = client.post(CASES, {"action": "owner", "select_across": "1"})
    assert len(able(page)) == bulk.MOST
    assert page.context["cut_off"]  # one more than a thousand
    looked = look(client, CASES, page, person=county.director.pk)
    assert len(able(looked)) == bulk.MOST
    assert len(looked.content) < 700_000
    ticked = tick(client, CASES, "owner", *Case.objects.order_by("pk")[: bulk.MOST])
    assert len(able(ticked)) == bulk.MOST


@pytest.mark.parametrize("forged", [
    {"action": "owner", "_selected_action": ["x", "-1", "9" * 30, "1; DROP TABLE"]},
    {"action": "owner", "keys": ",,x:y,1:-1,1:999999999999"},
    {"action": "nonsense", "_selected_action": ["1"]},
    {"action": ""}, {"action": "owner"}, {"action": ["", ""], "select_across": "2"},
])  # fmt: skip
def test_forged_ticks_are_harmless(county, enter, forged):
    a_case(county=county)
    answer = enter(county.office).post(CASES, forged, follow=True)
    assert answer.status_code == 200
    assert not answer.context.get("able")


# --- scope and roles ----------------------------------------------------------------------------


def test_a_row_of_somebody_else_is_passed_over_on_every_page(county, enter):
    foreign = a_case(county=a_county("539922", name="白塔县"))
    own = a_case(county=county)
    client = enter(county.office)
    asked = tick(client, CASES, "owner", own, foreign)
    assert able(asked) == [own]
    assert not unable(asked)
    keys = f"{own.pk}:{own.version},{foreign.pk}:{foreign.version}"
    sent = {"action": "owner", "keys": keys, "person": county.director.pk}
    looked = client.post(CASES, {**sent, "look": 1})
    assert able(looked) == [own]
    assert not unable(looked)
    done = client.post(CASES, {**sent, "do": 1})
    assert done.context["result"].done == 1
    assert not done.context["result"].refused
    before = foreign.owner
    foreign.refresh_from_db()
    assert foreign.owner == before != county.director


def test_who_may_not_is_not_offered_and_not_obeyed(county, enter):
    case, task = a_case(county=county), task_at("replied", county=county)
    member = enter(county.member)
    assert 'value="owner"' in enter(county.office).get(CASES).content.decode()
    assert 'value="owner"' not in member.get(CASES).content.decode()
    sent = {"action": "owner", "keys": f"{case.pk}", "person": county.director.pk, "do": 1}
    member.post(CASES, sent)
    director = enter(county.director)
    director.post(TASKS, {"action": "accept", "keys": f"{task.pk}", "text": "", "do": 1})
    case.refresh_from_db()
    task.refresh_from_db()
    assert (case.owner, task.state) == (county.clerk, "replied")


def test_the_role_is_asked_of_each_record(county, enter):
    """An office here that is only a member there accepts the replies here alone."""
    other = a_county("539922", name="白塔县")
    here, there = task_at("replied", county=county), task_at("replied", county=other)
    county.office.grants.create(role="member", region=other.region)
    client = enter(county.office)
    asked = tick(client, TASKS, "accept", here, there)
    assert able(asked) == [here]
    assert list(unable(asked)) == [there]
    forged = client.post(TASKS, {"action": "accept", "keys": f"{there.pk}", "text": "", "do": 1})
    assert [line.picked.record for line in forged.context["result"].refused] == [there]
    done = do(client, TASKS, asked, text="")
    assert done.context["result"].done == 1
    there.refresh_from_db()
    assert there.state == "replied"


def test_without_an_account_there_is_nothing(county):
    case = a_case(county=county)
    answer = Client().post(CASES, {"action": "owner", "_selected_action": case.pk})
    assert answer.status_code == 302
    assert "/login/" in answer.url


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
