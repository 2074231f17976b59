"""Many rows at once: looked at one by one, done one by one, told one by one."""

from __future__ import annotations

import pytest
from django.test import Client

from committees.admin import bulk
from consultations.models import Case, Event
from tests.consultations.admin.ticked import (
    CASES,
    TASKS,
    able,
    do,
    look,
    tick,
    unable,
)
from tests.factories import a_case, a_county, case_at, task_at

pytestmark = pytest.mark.django_db


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
