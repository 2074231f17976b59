"""The rules of a place: where a value comes from, the preview of a change, moving what runs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.models import Parameter
from committees.parameters import DEFAULTS
from consultations.calendar import Basis, add_months
from consultations.models import Event, Task
from consultations.selectors.local_rules import DUE_RULES, in_force
from tests.factories import task_at

ADD = reverse("admin:committees_parameter_add")
HERE = reverse("admin:rules_in_force")


def today(days: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def put(region, value, *, key="reply_months", since=None) -> Parameter:
    day = since or dt.date(2020, 1, 1)
    return Parameter.objects.create(region=region, key=key, value=value, effective_from=day)


def sent(county, value="2", **more) -> dict:
    return {"region": county.region.name, "key": "reply_months", "value": value,
            "effective_from": today().isoformat(), "basis": "试"} | more  # fmt: skip


@pytest.fixture
def task(county):
    """Handed over today, due by the rule of three months."""
    found = task_at("handling", county=county)
    basis = Basis(Basis.RULE, today(), 3, Basis.MONTHS, "reply_months")
    Task.objects.filter(pk=found.pk).update(due_on=basis.due, due_basis=basis.kept())
    found.refresh_from_db()
    return found


def test_each_rule_says_its_value_where_it_comes_from_and_what_is_set_for_later(county):
    province, later = county.region.parent.parent, today(9)
    put(province, 4)
    put(county.region, 6, since=later)
    put(county.region, 9, key="filing_days")
    rules = {rule.key: rule for rule in in_force(county.township)}

    assert list(rules) == list(DEFAULTS)
    assert (rules["reply_months"].value, rules["reply_months"].set_by.region) == (4, province)
    assert [(one.effective_from, words) for one, words in rules["reply_months"].later_in_words] == [
        (later, "6")
    ]
    assert rules["filing_days"].set_by.region == county.region
    assert (rules["sign_for_days"].value, rules["sign_for_days"].set_by) == (2, None)


def test_the_rules_of_a_place_cost_one_query(county, django_assert_num_queries):
    put(county.region, 9, key="filing_days")
    with django_assert_num_queries(1):
        in_force(county.township)


def test_the_page_shows_the_own_place_and_those_below_only(county, enter):
    browser = enter(county.office)
    own = browser.get(HERE)
    assert own.context["region"] == county.region
    assert own.context["keeps"]
    assert browser.get(HERE, {"region": county.township.code}).status_code == 200
    for code in (county.region.parent.code, "999999", "x", "5399210000000", "%00"):
        assert browser.get(HERE, {"region": code}).status_code == 404


def test_a_change_is_shown_first_with_what_would_be_other(county, enter, task):
    browser = enter(county.office)
    shown = browser.post(ADD, sent(county))

    assert not Parameter.objects.exists()
    assert (shown.context["old"], shown.context["new"]) == ("3", "2")
    (line,) = shown.context["lines"]
    assert (line.subject, line.move.new) == (task, add_months(today(), 2))
    assert shown.context["touched"].running == 1

    confirmed = dict(shown.context["sent"]) | {shown.context["confirm"]: "1"}
    assert browser.post(ADD, confirmed).status_code == 302
    assert Parameter.objects.get().value == 2


def test_what_runs_keeps_the_rule_it_began_with(county, enter, task):
    due = task.due_on
    enter(county.office).post(ADD, sent(county, _confirmed="1"))

    task.refresh_from_db()
    assert task.due_on == due
    assert not Event.objects.filter(action="rule_moved").exists()


def test_places_that_set_their_own_value_are_not_touched(county, enter, task):
    put(county.region, 3)
    shown = enter(county.province_office).post(ADD, sent(county, region="云南省"))
    assert shown.context["count"] == 0


def test_the_administrator_is_shown_no_titles(county, enter, task):
    shown = enter(county.system_admin).post(ADD, sent(county))
    assert shown.context["count"] == 1
    assert task.title not in shown.content.decode()


@pytest.mark.parametrize("more", [{"effective_from": "2020-01-01"}, {"value": "99"}, {"key": "x"}])
def test_what_cannot_be_is_told_beside_its_field_before_any_preview(county, enter, more):
    answer = enter(county.office).post(ADD, sent(county, **more))
    assert list(answer.context["adminform"].form.errors) == list(more)
    assert not Parameter.objects.exists()


def test_a_rule_in_force_is_not_rewritten_but_its_basis_is_mended(county, enter):
    rule, browser = put(county.region, 4), enter(county.office)
    url = reverse("admin:committees_parameter_change", args=[rule.pk])
    seen = browser.get(url).context["adminform"].form["seen"].value()
    old = sent(county, value="4", effective_from="2020-01-01", seen=seen, _confirmed="1")

    assert browser.post(url, old | {"value": "5"}).status_code == 200
    assert browser.post(url, old).status_code == 302
    rule.refresh_from_db()
    assert (rule.value, rule.basis) == (4, "试")


def test_the_office_moves_what_runs_on_purpose(county, enter, task):
    put(county.region, 2, since=today())
    url, browser = reverse("admin:rule_move", args=["reply_months"]), enter(county.office)
    shown = browser.get(url)
    assert shown.context["count"] == 1
    seen = shown.context["form"]["seen"].value()

    assert browser.post(url, {"seen": seen, "reason": ""}).context["form"].errors
    assert browser.post(url, {"seen": "x", "reason": "试"}).context["form"].errors
    assert not Event.objects.filter(action="rule_moved").exists()
    assert browser.post(url, {"seen": seen, "reason": "全县统一"}).status_code == 302

    task.refresh_from_db()
    assert task.due_on == add_months(today(), 2)
    assert Basis.read(task.due_basis).count == 2
    line = Event.objects.get(action="rule_moved")
    assert (line.task, line.actor, line.reason, line.data["rule"]) == (
        task, county.office, "全县统一", "reply_months",
    )  # fmt: skip
    assert browser.get(url).context["count"] == 0


@pytest.mark.parametrize("name", ["province_office", "leader", "system_admin", "liaison"])
def test_nobody_else_moves(county, enter, task, name):
    url = reverse("admin:rule_move", args=["reply_months"]) + f"?region={county.region.code}"
    assert enter(county.people[name]).get(url).status_code == 404


def test_only_rules_that_due_dates_are_counted_by_move_any(county, enter):
    for key in ("blue_days", "nothing"):
        assert enter(county.office).get(reverse("admin:rule_move", args=[key])).status_code == 404
    assert set(DUE_RULES) <= set(DEFAULTS)


def test_a_preview_costs_the_same_for_three(county, enter, task):
    browser = enter(county.office)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.post(ADD, sent(county))
        return len(seen)

    cost()
    one = cost()
    for _ in range(2):
        other = task_at("handling", county=county)
        Task.objects.filter(pk=other.pk).update(due_on=task.due_on, due_basis=task.due_basis)
    assert cost() == one
