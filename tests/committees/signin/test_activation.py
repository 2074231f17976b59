"""One-time links: who may hand one out, used once, within three days; nobody types a password for another."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees.models import Activation, AuditEntry, Role
from committees.services import activation
from tests.committees.signin.desk import PASSWORD, sign_in, signed_in
from tests.factories import a_county
from tests.people import a_person, grant, with_second_factor
from tests.races import race

pytestmark = pytest.mark.django_db
NEW = {"password1": "brave horse 88", "password2": "brave horse 88"}


def page_of(person) -> str:
    return reverse("admin:committees_user_protection", args=[person.pk])


def as_person(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def slip(county):
    return activation.issue(county.officer, by=None)


def start(slip, typed=None):
    return Client().post(f"/account/start/{slip.code}/", typed or NEW)


def test_a_link_sets_the_password_once(slip, county):
    assert county.officer.username in Client().get(f"/account/start/{slip.code}/").content.decode()

    assert start(slip).url == "/account/login/"

    assert sign_in(county.officer.username, "brave horse 88").status_code == 302
    assert start(slip).status_code == 404
    kinds = list(AuditEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["activation_issued", "activation_used", "sign_in"]


def test_the_code_of_a_slip_may_be_typed_in_any_way(slip):
    client = Client()
    typed = f" {slip.code.lower()} "
    answer = client.post("/account/start/", {"code": typed})
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("typed", ["", "?", "ABCD-EFGH", "x" * 61])
def test_a_wrong_code_stands_in_its_box_with_what_is_wrong(typed):
    answer = Client().post("/account/start/", {"code": typed})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["code"]
    assert answer.context["form"]["code"].value() == typed


def test_codes_are_not_tried_without_end_on_the_page_of_the_slip(slip):
    client = Client()
    tries = [client.post("/account/start/", {"code": f"ABCD-{n}"}).status_code for n in range(40)]
    assert 429 in tries
    assert client.post("/account/start/", {"code": slip.code}).status_code == 429


def test_a_slip_that_is_spent_and_one_that_never_was_get_the_same_words(slip):
    start(slip)
    spent, never = (
        Client().post("/account/start/", {"code": code}).context["form"].errors["code"]
        for code in (slip.code, "ABCD-EFGH-ABCD-EFGH-ABCD")
    )
    assert spent == never


def test_only_the_digest_is_kept(slip):
    stored = str(list(Activation.objects.values())) + str(list(AuditEntry.objects.values()))
    assert slip.code not in stored
    assert slip.code.replace("-", "") not in stored


def test_it_is_good_for_three_days(slip):
    with time_machine.travel(timezone.now() + dt.timedelta(hours=71, minutes=59)):
        assert Client().get(f"/account/start/{slip.code}/").status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(hours=72, minutes=1)):
        assert start(slip).status_code == 404


def test_a_later_link_ends_the_earlier(slip, county):
    later = activation.issue(county.officer, by=None)
    assert start(slip).status_code == 404
    assert start(later).status_code == 302


def test_a_switched_off_account_is_not_started(slip, county):
    county.officer.is_active = False
    county.officer.save()
    assert start(slip).status_code == 404


@pytest.mark.parametrize(
    ("typed", "box"),
    [({**NEW, "password2": "brave horse 89"}, "password2"),
     ({"password1": "short", "password2": "short"}, "password1")],
)  # fmt: skip
def test_a_password_that_will_not_do_leaves_the_link_good(slip, typed, box):
    assert list(start(slip, typed).context["form"].errors) == [box]
    assert start(slip).status_code == 302


def test_a_reset_ends_the_sessions_and_asks_for_a_new_password(clerk):
    client = signed_in(clerk)
    slip = activation.issue(clerk, by=None, purpose=Activation.Purpose.RESET)
    assert client.get("/admin/").status_code == 302
    again = signed_in(clerk)  # the old password still opens, and leads to one page only
    assert again.get("/admin/").url == "/account/password/"

    start(slip)

    assert again.get("/admin/").status_code == 302
    assert sign_in(clerk.username).status_code == 200
    assert signed_in(clerk, "brave horse 88").get("/admin/").status_code == 200


def test_the_system_administrator_hands_out_a_slip_shown_once(clerk, system_admin):
    client = as_person(system_admin)
    page = client.post(page_of(clerk), {"do": "link"})
    code = re.search(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}", page.content.decode()).group()
    assert "no-store" in page["Cache-Control"]
    assert f"/account/start/{code}/".encode() in page.content
    assert code.encode() not in client.get(page_of(clerk)).content
    assert Client().post(f"/account/start/{code}/", NEW).status_code == 302
    assert Activation.objects.get().issued_by == system_admin


def test_an_account_made_in_the_list_has_no_password_to_begin_with(county, system_admin):
    client = as_person(system_admin)
    made = client.post(reverse("admin:committees_user_add"),
                       {"username": "qian", "display_name": "钱二", "password": PASSWORD})  # fmt: skip
    assert sign_in("qian").status_code == 200
    assert b'value="link"' in client.get(made.url).content


def test_there_is_no_page_to_type_the_password_of_another(clerk, system_admin):
    client = as_person(system_admin)
    change = reverse("admin:committees_user_change", args=[clerk.pk])
    assert b"password" not in client.get(change).content.replace(b"/account/password/", b"")
    old = client.get(f"/admin/committees/user/{clerk.pk}/password/", follow=True)
    assert old.status_code == 404


RIGHTS = [  # who hands out a link | for whom | may
    ("system_admin", "liaison", True),
    ("system_admin", "county_office", True),
    ("system_admin", "nobody", True),
    ("system_admin", "system_admin", False),
    ("system_admin", "security_admin", False),
    ("system_admin", "audit_admin", False),
    ("system_admin", "prefecture_office", False),
    ("system_admin", "outsider", False),
    ("above", "security_admin", True),
    ("above", "system_admin", True),
    ("above", "outsider", True),
    ("above", "province_office", False),
    ("above", "root", False),
    ("security_admin", "liaison", False),
    ("county_office", "liaison", False),
    ("nobody", "liaison", False),
    ("root", "system_admin", True),
    ("root", "root", False),
]


@pytest.mark.parametrize(("who", "whom", "may"), RIGHTS)
def test_nobody_lets_in_somebody_of_higher_or_other_rights(county, who, whom, may):
    county.people["above"] = a_person("above", (Role.SYSTEM_ADMIN, county.region.parent))
    county.people["root"] = a_person("root", is_superuser=True)
    assert activation.may_issue(county.people[who], to=county.people[whom]) is may


def test_a_second_role_elsewhere_takes_an_account_out_of_reach(county):
    grant(county.clerk, Role.MEMBER, a_county("539922").studio)
    assert not activation.may_issue(county.people["system_admin"], to=county.clerk)


@pytest.mark.parametrize("role", ["security_admin", "audit_admin", "county_office", "liaison"])
def test_others_have_no_link_to_hand_out(county, role):
    answer = as_person(county.people[role]).post(page_of(county.officer), {"do": "link"})
    assert answer.status_code == 404
    assert not Activation.objects.exists()


def test_an_account_of_another_county_is_not_there(county):
    elsewhere = a_county("539922").clerk
    assert as_person(county.people["system_admin"]).get(page_of(elsewhere)).status_code == 404


def test_the_security_administrator_takes_a_lost_second_factor_away(county):
    lost = a_person("lost", ("liaison", county.studio))
    from_above = county.people["security_admin"]
    client = as_person(from_above)
    assert client.post(page_of(lost), {"do": "factor"}).status_code == 404  # there is none
    with_second_factor(lost)

    assert as_person(county.people["system_admin"]).post(
        page_of(lost), {"do": "factor"}
    ).status_code == 404  # fmt: skip
    assert client.post(page_of(lost), {"do": "factor"}).status_code == 302

    entry = AuditEntry.objects.get(kind="second_factor_removed")
    assert (entry.actor, entry.about) == (from_above, f"user:{lost.pk}")


def test_an_administrator_signs_somebody_out_everywhere(clerk, system_admin):
    client = signed_in(clerk)
    assert as_person(system_admin).post(page_of(clerk), {"do": "sessions"}).status_code == 302
    assert client.get("/admin/").status_code == 302


def test_an_administrator_sees_and_lifts_a_lock(clerk, system_admin):
    for _time in range(8):
        sign_in(clerk.username, "wrong")
    locks = reverse("admin:committees_trycount_changelist")
    client = as_person(system_admin)
    assert str(clerk) in client.get(locks).content.decode()

    assert client.post(page_of(clerk), {"do": "lock"}).status_code == 302

    assert sign_in(clerk.username).status_code == 302
    assert AuditEntry.objects.filter(kind="lock_lifted", actor=system_admin).count() == 1
    assert str(clerk) not in client.get(locks).content.decode()


def test_the_list_of_locks_lifts_them_too(clerk, system_admin):
    for _time in range(8):
        sign_in(clerk.username, "wrong")
    client = as_person(system_admin)
    locks = reverse("admin:committees_trycount_changelist")
    keys = list(client.get(locks).context["cl"].queryset.values_list("pk", flat=True))
    client.post(locks, {"action": "lift", "_selected_action": keys})
    assert sign_in(clerk.username).status_code == 302


@pytest.mark.parametrize("role", ["security_admin", "audit_admin", "county_office"])
def test_the_locks_are_for_the_system_administrator(county, role):
    locks = reverse("admin:committees_trycount_changelist")
    assert as_person(county.people[role]).get(locks).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_four_uses_of_a_link_at_once_one_is_good(slip):
    found = activation.find(slip.code)

    def use_it():
        activation.use(found, password="brave horse 88")

    outcomes = race(*[use_it] * 4)

    assert outcomes == ["Spent()"] * 3 + ["done"]
