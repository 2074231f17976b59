"""Who may enter the staff site, and what it shows first."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees.models import Role, User
from consultations.models import Meeting
from consultations.services import suggestions
from tests.factories import case_at
from tests.people import with_second_factor

DESK = "/admin/"


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_role_in_force_enters(county, enter, role):
    assert enter(county.people[role]).get(DESK).status_code == 200


def test_an_account_without_a_role_is_sent_to_the_login(county, enter):
    answer = enter(county.nobody).get(DESK)
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")
    assert enter(county.nobody).get(answer.url).status_code == 403  # and there it is said why


def test_a_role_that_has_ended_does_not_enter(county, enter):
    county.clerk.grants.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    assert enter(county.clerk).get(DESK).status_code == 302


def test_a_switched_off_account_does_not_sign_in(county):
    county.clerk.set_password("right horse 12")
    county.clerk.is_active = False
    county.clerk.save()
    answer = Client().post(
        "/account/login/", {"username": county.clerk.username, "password": "right horse 12"}
    )
    assert answer.status_code == 200


def test_staff_sign_in_without_the_staff_flag(county):
    county.clerk.set_password("right horse 12")
    county.clerk.save()
    assert not county.clerk.is_staff
    client = Client()
    answer = client.post(
        "/account/login/", {"username": county.clerk.username, "password": "right horse 12"}
    )
    assert answer.status_code == 302
    assert client.get(DESK).status_code == 200


def test_the_system_administrator_sees_accounts_and_no_case(county, enter, record):
    case = case_at("draft", county=county)
    root = User.objects.create_superuser("root", password="x")
    with_second_factor(root)
    client = enter(root)
    assert client.get(DESK).status_code == 200
    assert client.get(reverse("admin:committees_user_changelist")).status_code == 200
    assert client.get(reverse("admin:consultations_case_changelist")).status_code == 404
    assert client.get(record(case)).status_code == 404


def test_the_desk_lists_what_waits_and_leads_to_the_record(county, enter, record):
    case = case_at("proposed", county=county)
    page = enter(county.office).get(DESK)
    assert record(case) in page.content.decode()
    groups = {block["group"].key for block in page.context["groups"]}
    assert groups == {"cases", "due_cases"} or groups == {"cases"}


def test_the_desk_shows_residents_suggestions(county, enter):
    found = suggestions.receive(
        title="村口设站", problem="进城不便", region=county.township, form_token="t1"
    )
    page = enter(county.office).get(DESK).content.decode()
    assert reverse("admin:consultations_suggestion_change", args=[found.pk]) in page


def test_the_desk_asks_for_the_record_of_a_meeting_whose_day_passed(county, enter):
    case = case_at("scheduled", county=county)
    yesterday = timezone.now() - dt.timedelta(days=1)
    page = enter(county.clerk).get(DESK)
    assert "unreported" not in {block["group"].key for block in page.context["groups"]}
    Meeting.objects.filter(case=case).update(starts_at=yesterday)
    page = enter(county.clerk).get(DESK)
    assert "unreported" in {block["group"].key for block in page.context["groups"]}


def test_an_empty_desk_says_how_to_begin(county, enter):
    page = enter(county.clerk).get(DESK)
    assert page.context["groups"] == []
    assert reverse("admin:consultations_case_add") in page.content.decode()


def test_no_list_of_apps_on_the_desk(county, enter):
    assert "app-consultations" not in enter(county.office).get(DESK).content.decode()


def test_help_is_there_for_everybody(county, enter):
    assert enter(county.member).get(reverse("admin:help")).status_code == 200
