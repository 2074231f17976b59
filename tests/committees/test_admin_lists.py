"""The reference lists: who sees them, who keeps them, and never outside the own region."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees.models import HandlingUnit, Parameter, RoleGrant, Studio, User
from committees.parameters import GATES, value_for
from tests.factories import a_county


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def lists(name: str) -> str:
    return reverse(f"admin:committees_{name}_changelist")


def seen(client: Client, url: str) -> str:
    """The print of the record that the form carries."""
    return client.get(url).context["adminform"].form["seen"].value()


def formset(prefix: str) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}


NAMES = ("region", "committee", "specialcommittee", "sector", "studio", "room", "member",
         "handlingunit", "parameter", "resultclass", "sourcereport", "citation")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_staff_see_the_reference_lists(county, name):
    assert client_of(county.office).get(lists(name)).status_code == 200


@pytest.mark.parametrize("name", ["user", "rolegrant"])
def test_accounts_are_for_administrators(county, name):
    assert client_of(county.office).get(lists(name)).status_code == 404
    assert client_of(county.people["system_admin"]).get(lists(name)).status_code == 200


@pytest.mark.parametrize("who", ["unit_officer", "member", "village_clerk"])
def test_units_and_members_have_no_reference_lists_to_keep(county, who):
    client = client_of(county.people[who])
    assert client.get(reverse("admin:committees_studio_add")).status_code == 404
    assert client.get(lists("handlingunit")).status_code == 404


def test_an_office_keeps_the_studios_of_its_own_county(county):
    client = client_of(county.office)
    data = {"name": "新工作室", "code": "new", "committee": county.committee.short_name,
            "region": "临河乡", **formset("seats")}  # fmt: skip
    answer = client.post(reverse("admin:committees_studio_add"), data)
    assert answer.status_code == 302
    studio = Studio.objects.get(code="new")
    assert (studio.committee, studio.region) == (county.committee, county.township)


def test_an_office_does_not_write_into_another_county(county):
    other = a_county("539922", name="白塔县")
    client = client_of(county.office)
    data = {
        "name": "越界",
        "code": "far",
        "committee": other.committee.short_name,
        **formset("seats"),
    }
    answer = client.post(reverse("admin:committees_studio_add"), data)
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["committee"]
    url = reverse("admin:committees_studio_change", args=[other.studio.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, data).status_code == 404


def test_a_clerk_reads_the_studios_but_does_not_keep_them(county):
    url = reverse("admin:committees_studio_change", args=[county.studio.pk])
    client = client_of(county.clerk)
    assert client.get(url).status_code == 200
    data = {"name": "改名", "code": county.studio.code, **formset("seats")}
    assert client.post(url, data).status_code == 404
    county.studio.refresh_from_db()
    assert county.studio.name != "改名"


def test_contacts_of_a_unit_keep_their_history(county):
    url = reverse("admin:committees_handlingunit_change", args=[county.unit.pk])
    data = {
        "seen": seen(client_of(county.office), url),
        "name": county.unit.name, "code": county.unit.code, "kind": "government",
        "region": county.region.name, "is_active": "on", "remit": "水利",
        "contacts-TOTAL_FORMS": "2", "contacts-INITIAL_FORMS": "0",
        "remits-TOTAL_FORMS": "0", "remits-INITIAL_FORMS": "0",
        "contacts-0-name": "王某", "contacts-0-valid_until": "2025-12-31",
        "contacts-1-name": "李某", "contacts-1-valid_from": "2026-01-01",
    }  # fmt: skip
    assert client_of(county.office).post(url, data).status_code == 302
    assert [c.name for c in county.unit.contacts.order_by("pk")] == ["王某", "李某"]
    assert HandlingUnit.objects.get(pk=county.unit.pk).remit == "水利"


def test_a_local_rule_is_written_with_the_kind_of_its_value(county):
    add = reverse("admin:committees_parameter_add")
    client = client_of(county.office)
    data = {"region": county.region.name, "key": "filing_days", "value": "many",
            "effective_from": timezone.localdate().isoformat(), "basis": "",
            "_confirmed": "1"}  # fmt: skip
    answer = client.post(add, data)
    assert list(answer.context["adminform"].form.errors) == ["value"]
    assert client.post(add, data | {"value": "7"}).status_code == 302
    assert Parameter.objects.get().value == 7
    assert value_for(county.township, "filing_days") == 7
    prefix = data | {"key": "filing_prefix", "value": "青协备"}
    assert client.post(add, prefix).status_code == 302
    assert value_for(county.region, "filing_prefix") == "青协备"


def test_who_approves_topics_is_one_of_two_and_the_form_says_which(county):
    add = reverse("admin:committees_parameter_add")
    client = client_of(county.office)
    data = {"region": county.region.name, "key": "topic_gate", "value": "县长",
            "effective_from": timezone.localdate().isoformat(), "basis": "",
            "_confirmed": "1"}  # fmt: skip
    answer = client.post(add, data)
    form = answer.context["adminform"].form
    assert list(form.errors) == ["value"]
    assert form["value"].value() == "县长"
    for word, meaning in GATES.items():
        assert f"{word}（{meaning}）" in form.fields["value"].help_text
        assert f"{word}（{meaning}）" in form.errors["value"][0]
    assert client.post(add, data | {"value": "party"}).status_code == 302
    assert value_for(county.township, "topic_gate") == "party"
    listed = client.get(reverse("admin:committees_parameter_changelist"))
    assert str(GATES["party"]) in listed.content.decode()


def test_days_of_lights_out_of_their_order_are_told_beside_the_value(county):
    add = reverse("admin:committees_parameter_add")
    client = client_of(county.office)
    data = {"region": county.region.name, "key": "yellow_days", "value": "5",
            "effective_from": timezone.localdate().isoformat(), "basis": "",
            "_confirmed": "1"}  # fmt: skip

    form = client.post(add, data).context["adminform"].form

    assert list(form.errors) == ["value"]
    assert form["value"].value() == "5"
    assert client.post(add, data | {"value": "4"}).status_code == 302
    assert value_for(county.township, "yellow_days") == 4


def test_an_account_is_made_by_one_and_its_role_granted_by_another(county):
    system, security = county.people["system_admin"], county.people["security_admin"]
    made = client_of(system).post(
        reverse("admin:committees_user_add"),
        {"username": "Zhao", "display_name": "赵一", "password1": "long horse 77"},
    )
    user = User.objects.get(username="zhao")
    assert made.url == reverse("admin:committees_user_protection", args=[user.pk])
    assert not user.has_usable_password()
    assert not user.is_staff
    assert not user.is_superuser
    grant = {"user": "赵一（zhao）", "role": "liaison", "studio": county.studio.name,
             "valid_from": "2026-01-01"}  # fmt: skip
    add = reverse("admin:committees_rolegrant_add")
    assert client_of(system).post(add, grant).status_code == 404
    assert client_of(security).post(add, grant).status_code == 302
    assert RoleGrant.objects.get(user=user).studio == county.studio


def test_nobody_grants_a_role_to_himself(county):
    security = county.people["security_admin"]
    data = {"user": security.username, "role": "leader", "region": county.region.name,
            "valid_from": "2026-01-01"}  # fmt: skip
    answer = client_of(security).post(reverse("admin:committees_rolegrant_add"), data)
    assert list(answer.context["adminform"].form.errors) == ["user"]


def test_a_grant_has_exactly_one_scope(county):
    data = {"user": county.nobody.username, "role": "leader", "region": county.region.name,
            "studio": county.studio.name, "valid_from": "2026-01-01"}  # fmt: skip
    client = client_of(county.people["security_admin"])
    answer = client.post(reverse("admin:committees_rolegrant_add"), data)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors


def test_rights_are_not_raised_over_the_form(county):
    user = county.nobody
    data = {"username": user.username, "display_name": "某", "email": "", "is_active": "on",
            "is_superuser": "on", "is_staff": "on"}  # fmt: skip
    url = reverse("admin:committees_user_change", args=[user.pk])
    client = client_of(county.people["system_admin"])
    assert client.post(url, data | {"seen": seen(client, url)}).status_code == 302
    user.refresh_from_db()
    assert (user.display_name, user.is_superuser, user.is_staff) == ("某", False, False)


def test_nothing_is_deleted(county):
    url = reverse("admin:committees_studio_delete", args=[county.studio.pk])
    assert client_of(county.office).post(url, {"post": "yes"}).status_code == 404


@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_a_guessed_row_is_not_found(county, key):
    assert client_of(county.office).get(f"{lists('studio')}{key}/change/").status_code == 404
