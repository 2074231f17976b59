"""Who acts for somebody else says so in the history; for whom is chosen where several apply."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.grants import grants_of, same_hand
from committees.models import Member, RoleGrant, User
from consultations.models import Event
from consultations.permissions import acting_choices
from consultations.services import followups
from consultations.workflow.engine import Refused
from tests.factories import a_county, a_person, case_at, grant, step, task_at, task_step
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db
RATING = {"rater": "resident", "channel": "paper", "result": "satisfied"}


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


def test_a_deputys_grant_ends_with_the_principals(county):
    by = deputy(county, county.member)
    own = by.grants.get()
    day = timezone.localdate()
    assert list(by.grants.in_force()) == grants_of(by) == [own]

    county.member.grants.update(valid_until=day)
    assert list(by.grants.in_force()) == [own]
    assert not by.grants.in_force(day + dt.timedelta(days=1)).exists()

    county.member.grants.update(valid_until=day - dt.timedelta(days=1))
    assert grants_of(by) == []
    assert Colleague(by).open("/my/").status == 404


def test_nobody_is_deputy_of_an_account_that_is_switched_off(county):
    by = deputy(county, county.member)
    User.objects.filter(pk=county.member.pk).update(is_active=False)
    assert not by.grants.in_force().exists()


@pytest.mark.parametrize("change", [{"role": "liaison"}, {"valid_from": dt.date(2099, 1, 1)}])
def test_another_role_of_the_principal_carries_no_deputy(county, change):
    by = deputy(county, county.member)
    county.member.grants.update(**change)
    assert not by.grants.in_force().exists()


def test_a_role_elsewhere_carries_no_deputy(county):
    elsewhere = a_county("539922", name="邻水县")
    by = deputy(county, county.member)
    county.member.grants.update(studio=elsewhere.studio)
    assert not by.grants.in_force().exists()


def test_a_deputy_of_a_deputy_is_none(county):
    first = deputy(county, county.member)
    second = a_person("秘书的秘书")
    grant(second, "member", county.studio, deputy_of=first)
    assert not second.grants.in_force().exists()


def test_who_acts_for_whom_counts_as_one_hand_for_as_long_as_the_matter_lasts(county):
    by, day = deputy(county, county.member), timezone.localdate()
    pair = {by.pk, county.member.pk}
    by.grants.update(valid_until=day)
    assert same_hand(by, since=day) == same_hand(county.member, since=day) == pair
    assert same_hand(by, since=day + dt.timedelta(days=1)) == {by.pk}
    assert same_hand(county.office, since=day) == {county.office.pk}


@pytest.mark.parametrize("who_compiled", ["principal", "deputy"])
def test_the_deputy_and_the_compiler_do_not_decide_in_each_others_place(county, who_compiled):
    """The secretary who heads the studio for the director sits in the Party committee."""
    secretary = a_person("秘书", ("party_approver", county.township))
    grant(secretary, "studio_director", county.studio, deputy_of=county.director)
    grant(county.director, "party_approver", county.township)
    case = case_at("deliberated", county=county)
    compiler, other = county.director, secretary
    if who_compiled == "deputy":
        compiler, other = other, compiler
    step(case, "submit_outcome", county=county, by=compiler)

    browser, url = Colleague(other), f"/my/approvals/{case.pk}/"
    assert browser.open(url).status == 200
    sent = {"decision": "approve_outcome", "opinion": "同意。", "version": str(case.version)}
    assert browser.post(url, sent).status == 200
    case.refresh_from_db()
    assert case.stage == "party_review"
    with pytest.raises(Refused):
        step(case, "approve_outcome", county=county, by=other, role="party_approver")
    step(case, "approve_outcome", county=county)
    assert case.stage == "filing"


def test_a_deputy_does_not_verify_what_the_principals_unit_did(county):
    grant(county.officer, "member", county.studio)
    by = deputy(county, county.officer)
    task = task_at("answered", county=county)
    with pytest.raises(Refused):
        task_step(task, "verify_true", county=county, by=by, role="member")
    task.refresh_from_db()
    assert task.state == "answered"
    task_step(task, "verify_true", county=county)
    assert task.state == "verified"


def test_a_deputy_enters_no_ratings_of_the_principals_unit(county):
    grant(county.officer, "member", county.studio)
    by, case = deputy(county, county.officer), case_at("rating", county=county)
    with pytest.raises(Refused):
        followups.record_rating(case, by=by, **RATING)
    followups.record_rating(case, by=county.member, **RATING)
    assert case.ratings.count() == 1
