"""The residents' inbox."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.models import Case
from consultations.services import suggestions


@pytest.fixture
def suggestion(county):
    return suggestions.receive(
        title="村口设站", problem="老人进城不便", region=county.township, form_token="t1"
    )


@pytest.fixture
def url(suggestion):
    return reverse("admin:consultations_suggestion_change", args=[suggestion.pk])


def test_it_becomes_a_draft(county, enter, record, suggestion, url):
    answer = enter(county.clerk).post(url, {"accept": "1"})
    case = Case.objects.get()
    assert answer.url == record(case)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.case, case.title) == ("accepted", case, "村口设站")


@pytest.mark.parametrize("state", ["answered", "referred", "refused"])
def test_it_is_answered_with_words(county, enter, suggestion, url, state):
    client = enter(county.office)
    empty = client.post(url, {"state": state, "answer": "  "})
    assert list(empty.context["form"].errors) == ["answer"]
    assert client.post(url, {"state": state, "answer": "已转交运部门，谢谢您。"}).status_code == 302
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answer) == (state, "已转交运部门，谢谢您。")


def test_nobody_deals_with_it_twice(county, enter, suggestion, url):
    enter(county.office).post(url, {"state": "answered", "answer": "已答复"})
    again = enter(county.clerk).post(url, {"accept": "1"})
    assert again.status_code == 200
    assert again.context["errors"]
    other = enter(county.clerk).post(url, {"state": "refused", "answer": "不采纳的说明"})
    assert other.status_code == 200
    assert "不采纳的说明" in other.content.decode()
    assert Case.objects.count() == 0


def test_a_forged_state_is_an_error_of_the_form(county, enter, suggestion, url):
    answer = enter(county.office).post(url, {"state": "accepted", "answer": "x"})
    assert list(answer.context["form"].errors) == ["state"]


@pytest.mark.parametrize("who", ["outsider", "member", "unit_officer", "leader"])
def test_it_does_not_exist_for_others(county, enter, suggestion, url, who):
    assert enter(county.office).get(url).status_code == 200
    assert enter(county.people[who]).get(url).status_code == 404
