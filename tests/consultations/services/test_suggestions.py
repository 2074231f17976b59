"""The residents' inbox: received once, taken up once, always answered in words."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from committees.models import AuditEntry
from consultations import calendar
from consultations.models import Case, NumberSeries, Suggestion
from consultations.selectors.cases import cases_for, suggestions_for
from consultations.services import suggestions
from consultations.workflow.engine import Refused
from tests.factories import a_county

pytestmark = pytest.mark.django_db


def receive(county, token="form-1", **fields):
    values = {"title": "村口路灯不亮", "problem": "天黑后看不见路。", "region": county.village}
    return suggestions.receive(**values | fields, form_token=token)


def test_a_suggestion_gets_a_code_and_a_day_for_the_first_answer(county):
    kept = receive(county, wish="请修好路灯", place="村口")

    assert len(kept.query_code) == 8
    assert not set(kept.query_code) & set("01OIL")
    assert (kept.state, kept.county_code, kept.is_demo) == ("received", "539921", False)
    assert kept.answer_due_on == calendar.add_working_days(timezone.localdate(), 5)


def test_the_same_form_sent_twice_is_one_suggestion(county):
    assert receive(county).pk == receive(county).pk
    assert receive(county, "form-2").pk != receive(county).pk
    assert Suggestion.objects.count() == 2


def test_in_a_demonstration_place_it_is_a_demonstration():
    assert receive(a_county("539931", is_demo=True)).is_demo


@pytest.mark.parametrize("name", ["clerk", "director", "office"])
def test_taking_it_up_makes_a_draft_that_its_maker_can_follow(county, name):
    kept, person = receive(county, wish="请修好路灯"), getattr(county, name)

    case = suggestions.accept(kept, by=person)

    kept.refresh_from_db()
    assert (kept.state, kept.case, kept.decided_by) == ("accepted", case, person)
    assert (case.stage, case.source, case.title) == ("draft", "residents", "村口路灯不亮")
    assert (case.wish, case.created_by) == ("请修好路灯", person)
    assert case in cases_for(person)
    assert case in cases_for(county.office)


def test_it_is_taken_up_once_and_no_number_is_lost(county):
    kept = receive(county)
    suggestions.accept(kept, by=county.clerk)

    with pytest.raises(Refused):
        suggestions.accept(kept, by=county.office)
    with pytest.raises(Refused):
        suggestions.decline(kept, by=county.office, state="answered", answer="已答复。")

    assert Case.objects.count() == 1
    assert NumberSeries.objects.get().last == 1


def test_an_answer_needs_words_for_the_resident(county):
    kept = receive(county)

    with pytest.raises(Refused):
        suggestions.decline(kept, by=county.office, state="refused", answer="  ")
    kept.refresh_from_db()
    assert kept.state == "received"

    suggestions.decline(
        kept, by=county.office, state="referred", answer=" 已转供电所，三天内修复。 "
    )
    assert (kept.state, kept.answer) == ("referred", "已转供电所，三天内修复。")
    assert kept.decided_by == county.office


@pytest.mark.parametrize("name", ["member", "leader", "approver", "officer", "outsider", "nobody"])
def test_nobody_else_screens(county, name):
    kept, person = receive(county), getattr(county, name)

    with pytest.raises(Refused):
        suggestions.accept(kept, by=person)
    with pytest.raises(Refused):
        suggestions.decline(kept, by=person, state="answered", answer="已答复。")

    assert kept not in suggestions_for(person)
    assert kept in suggestions_for(county.clerk)
    assert not Case.objects.exists()


@pytest.mark.parametrize("act", ["accept", "decline", "give", "join"])
def test_a_decision_that_is_refused_stands_in_the_audit_log(act):
    county = a_county()
    kept, other = (
        Suggestion.objects.create(title=title, problem="黑", region=county.village)
        for title in ("路灯不亮", "路灯坏了")
    )
    given = {"accept": {}, "decline": {"state": "answered", "answer": "已转"},
             "give": {"owner": county.clerk}, "join": {"to": other, "answer": "同一件事"}}  # fmt: skip

    with pytest.raises(Refused):
        getattr(suggestions, act)(kept, by=county.officer, **given[act])

    entry = AuditEntry.objects.get(kind="refused")
    assert (entry.about, entry.actor) == (f"suggestion:{kept.pk}", county.officer)
    assert json.loads(entry.facts)["action"] == act
