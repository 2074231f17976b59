"""Who acts for somebody else says so in the history; for whom is chosen where several apply."""

from __future__ import annotations

import pytest
from django.urls import reverse

from committees.models import Member, RoleGrant
from consultations.models import Event
from consultations.permissions import acting_choices
from consultations.workflow.engine import Refused
from tests.factories import a_person, case_at, grant, step
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db


def deputy(county, *principals, name: str = "秘书"):
    person = a_person(name)
    for principal in principals:
        grant(person, "member", county.studio, deputy_of=principal)
    return person


def visited(case, county, by, **data) -> Event:
    step(case, "log_visit", county=county, by=by, **data)
    return case.events.get(action="log_visit")


def test_a_deputys_step_says_for_whom_it_was_taken(county):
    by = deputy(county, county.member)
    event = visited(case_at("research", county=county), county, by)
    assert (event.actor, event.on_behalf_of) == (by, str(county.member))


def test_a_step_in_the_own_right_names_nobody_else(county):
    event = visited(case_at("research", county=county), county, county.member)
    assert event.on_behalf_of == ""


def test_whoever_acts_for_several_chooses(county):
    second = a_person("第二位", ("member", county.studio))
    by = deputy(county, county.member, second)
    case = case_at("research", county=county)
    assert acting_choices(by, case, "member") == sorted([county.member, second], key=lambda u: u.pk)

    event = visited(case, county, by, acting_for=str(second.pk))

    assert event.on_behalf_of == "第二位"


def test_nobody_acts_for_somebody_who_did_not_ask_for_it(county):
    by = deputy(county, county.member)
    case = case_at("research", county=county)
    with pytest.raises(Refused):
        step(case, "log_visit", county=county, by=by, acting_for=str(county.office.pk))
    case.refresh_from_db()
    assert not case.visits.exists()


def test_the_form_asks_only_where_there_is_a_choice(county):
    case = case_at("research", county=county)
    url = f"/my/cases/{case.pk}/log_visit/"
    one = Colleague(deputy(county, county.member))
    assert not one.open(url).form("findings").has("acting_for")
    grant(one.user, "member", county.studio)
    form = one.open(url).form("findings")
    assert form.choices["acting_for"] == ["", str(county.member.pk)]


def test_an_entry_of_a_deputy_says_so_too(county):
    by = deputy(county, county.member)
    case = case_at("handling", county=county)
    from_page = Colleague(by)
    from_page.open(f"/my/cases/{case.pk}/follow-up/")
    from_page.send(box="finding", kind="inspection", finding="路面平了。")
    event = case.events.get(action="follow_up")
    assert event.on_behalf_of == str(county.member)


def test_a_deputy_recommends_a_topic_for_the_member_and_sees_no_private_record(county):
    member = Member.objects.create(name="李望舒", user=county.member)
    browser = Colleague(deputy(county, county.member))
    browser.open("/my/topics/add/")
    browser.send("draft", title="集市停车难", problem="赶集日车停满街。")
    assert Event.objects.get(action="create").case.recommended_by == member
    assert browser.open("/my/duty/").status == 404


@pytest.mark.parametrize("whose", ["office", "nobody"])
def test_a_deputy_is_named_only_of_somebody_who_holds_the_role(county, client, whose):
    person = a_person("秘书")
    client.force_login(county.people["security_admin"])
    data = {"user": "秘书（秘书）", "role": "member", "studio": county.studio.name,
            "valid_from": "2026-01-01", "deputy_of": str(getattr(county, whose))}  # fmt: skip
    add = reverse("admin:committees_rolegrant_add")
    answer = client.post(add, data)
    assert "deputy_of" in answer.context["adminform"].form.errors
    data["deputy_of"] = str(county.member)
    assert client.post(add, data).status_code == 302
    assert RoleGrant.objects.get(user=person).deputy_of == county.member
