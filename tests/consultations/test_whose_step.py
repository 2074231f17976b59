"""A step of somebody else is no dead button: the record names who takes it."""

from __future__ import annotations

import pytest
from django.utils import translation

from committees.models import Parameter, Role
from consultations.models import Case
from consultations.offers import actions_for, awaited, next_by_others, own_steps
from tests.factories import a_case, case_at
from tests.offered import offer_for

pytestmark = pytest.mark.django_db


def buttons(person, subject) -> set[str]:
    return {offer.row.action for offer in own_steps(actions_for(person, subject))}


def told(person, subject) -> str:
    return "；".join(next_by_others(person, subject, actions_for(person, subject)))


def waiting(person, subject) -> dict[str, list[str]]:
    return {row.action: roles for row, roles in awaited(person, subject)}


def test_the_outcome_of_a_studio_is_sent_by_its_director(county):
    case = case_at("deliberated", county=county)

    assert "submit_outcome" not in buttons(county.office, case)
    assert waiting(county.office, case) == {"submit_outcome": ["studio_director"]}
    assert "submit_outcome" in buttons(county.director, case)
    assert waiting(county.director, case) == {}


def test_the_office_sends_what_no_studio_stands_behind(county):
    case = case_at("deliberated", county=county)
    Case.objects.filter(pk=case.pk).update(studio=None)
    case.refresh_from_db()

    assert "submit_outcome" in buttons(county.office, case)
    assert "submit_outcome" not in waiting(county.office, case)


@pytest.mark.parametrize(
    ("gate", "other", "taker"),
    [("party", "leader", "party_approver"), ("leader", "approver", "leader")],
)
def test_the_gate_of_the_place_decides_whose_the_approval_is(county, gate, other, taker):
    case = case_at("proposed", county=county)
    Parameter.objects.create(
        region=county.region, key="topic_gate", value=gate, effective_from="2020-01-01"
    )
    person = getattr(county, other)

    assert "approve" not in buttons(person, case)
    assert waiting(person, case)["approve"] == [taker]


def test_what_is_only_missing_something_stays_a_button_with_its_reasons(county):
    case = case_at("deliberated", county=county)
    case.items.update(route="")

    offer = offer_for(county.director, case, "submit_outcome")

    assert (offer.is_open, offer.is_elses) == (False, False)
    assert "submit_outcome" in buttons(county.director, case)


def test_who_logged_a_topic_does_not_approve_it_and_reads_why(county):
    case = case_at("proposed", county=county)
    Case.objects.filter(pk=case.pk).update(created_by=county.leader)
    case.refresh_from_db()
    offer = offer_for(county.leader, case, "approve")

    assert offer.is_elses
    assert "approve" not in buttons(county.leader, case)
    assert f"{offer.row.label}（{offer.reasons[0]}）" in told(county.leader, case)


def test_somebody_elses_draft_is_submitted_by_whoever_logged_it(county):
    case = a_case(county=county)

    assert "submit" not in buttons(county.director, case)
    assert offer_for(county.director, case, "submit").reasons[0] in told(county.director, case)
    assert "submit" in buttons(county.clerk, case)


def test_on_the_phone_it_is_named_too(county, client):
    case = case_at("proposed", county=county)
    Parameter.objects.create(
        region=county.region, key="topic_gate", value="leader", effective_from="2020-01-01"
    )
    client.force_login(county.approver)

    page = client.get(f"/my/cases/{case.pk}/").content.decode()

    with translation.override("zh-hans"):
        assert str(Role.LEADER.label) in page
    assert f"/my/cases/{case.pk}/approve/" not in page
