"""The desk as a page: guides of new roles, marks beside matters, few queries; and the help."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from committees.models import Role
from consultations.admin.screens import SCREENS, screen_of
from consultations.admin.site import site
from consultations.models import Case, GuidePutAway
from consultations.web.guides import GUIDES
from tests.factories import a_case, case_at, grant, task_at

DESK = "/admin/"
HELP = "/admin/help/"
MOST_QUERIES = 15


def guide_on(client) -> str:
    guide = client.get(DESK).context["guide"]
    return guide.role if guide else ""


def put_away(client, role, **data):
    return client.post(reverse("admin:guide", args=[role]), data)


def test_a_new_role_finds_its_guide_once(county, enter):
    client = enter(county.office)
    assert guide_on(client) == "county_office"
    page = html.unescape(client.get(DESK).content.decode())
    assert all(str(step) in page for step in GUIDES["county_office"])

    assert put_away(client, "county_office").url == DESK

    assert guide_on(client) == ""
    assert guide_on(enter(county.office)) == ""
    assert guide_on(enter(county.leader)) == "leader"


def test_a_second_role_brings_its_own_guide(county, enter):
    client = enter(county.office)
    put_away(client, "county_office")
    grant(county.office, "member", county.studio)

    assert guide_on(client) == "member"


def test_a_guide_comes_back_from_the_help(county, enter):
    client = enter(county.office)
    put_away(client, "county_office")
    put_away(client, "county_office")
    assert GuidePutAway.objects.count() == 1
    assert 'name="back"' in client.get(HELP).content.decode()

    put_away(client, "county_office", back="1")

    assert guide_on(client) == "county_office"
    assert 'name="back"' not in client.get(HELP).content.decode()


def test_only_the_guide_of_an_own_role_is_there(county, enter):
    client = enter(county.office)

    assert put_away(client, "leader").status_code == 404
    assert put_away(client, "nonsense").status_code == 404
    assert client.get(reverse("admin:guide", args=["county_office"])).status_code == 405
    assert not GuidePutAway.objects.exists()


def test_every_role_has_a_guide():
    assert set(GUIDES) == set(Role.values)


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin"])
def test_the_administrators_have_a_guide_too(county, enter, who):
    assert guide_on(enter(county.people[who])) == who


def test_the_system_administrator_is_told_of_the_daily_command(county, enter):
    note = enter(county.system_admin).get(DESK).context["note"]
    assert note["is_late"]
    assert str(note["text"]) in html.unescape(
        enter(county.system_admin).get(DESK).content.decode()
    )  # fmt: skip
    assert enter(county.security_admin).get(DESK).context["note"] is None


def test_a_matter_stands_once_with_its_marks(county, enter):
    case = case_at("proposed", county=county, title="只列一次的事")
    Case.objects.filter(pk=case.pk).update(stage_due_on=timezone.localdate() - dt.timedelta(days=1))

    with translation.override("en"):
        client = enter(county.office)
        client.cookies["django_language"] = "en"
        page = client.get(DESK).content.decode()

    assert page.count("只列一次的事") == 1
    assert '<span class="mark">waits for me</span>' in page


@pytest.mark.parametrize("who", ["office", "leader", "clerk", "officer", "province_office"])
def test_the_desk_has_the_same_few_queries_at_any_length(
    county, enter, who, django_assert_max_num_queries
):
    client = enter(county.people[who])

    def queries() -> int:
        with django_assert_max_num_queries(MOST_QUERIES) as seen:
            assert client.get(DESK).status_code == 200
        return len(seen)

    def more() -> None:
        a_case(county=county)
        case_at("proposed", county=county)
        task_at("dispatched", county=county)
        task_at("replied", county=county)

    more()
    Case.objects.update(stage_due_on=timezone.localdate() - dt.timedelta(days=1))
    client.get(DESK)  # the first page of a session also notes where somebody signed in
    once = queries()
    more()
    more()
    assert queries() == once


def test_help_begins_with_the_page_one_comes_from(county, enter, record):
    case = a_case(county=county)
    client = enter(county.office)

    page = client.get(record(case)).content.decode()
    assert f'{HELP}?of=consultations_case_change"' in page
    found = client.get(HELP, {"of": "consultations_case_change"})

    assert found.context["here"] == screen_of("consultations_case_change")
    assert str(found.context["here"].purpose) in html.unescape(found.content.decode())
    for odd in ("", "nonsense", "<b>"):
        assert client.get(HELP, {"of": odd}).context["here"] is None


def test_every_screen_with_help_exists():
    """A page that was renamed must not lose its help silently."""
    names = {name for url in site.get_urls() for name in _names(url)}

    assert {name for screen in SCREENS for name in screen.names} - names == set()


# Sent, looked up by a script, taken as a file, or seen by no more than a glance.
NO_SCREEN = {
    "help", "guide", "notices_read", "notice", "case_similar", "suggestion_similar",
    "case_rating_slips_revoke", "case_appraisal_slips_revoke", "case_file", "member_photo", "people_import_template",
    "urging_sheet", "login", "logout", "jsi18n", "app_list", "committees_user_protection",
}  # fmt: skip
# Lists that are read, seldom kept, and say themselves what they are.
PLAIN_LISTS = {
    "consultations_campaign", "consultations_advice", "consultations_instruction",
    "consultations_reportedfigure", "consultations_delivery", "committees_dutyscheme",
    "committees_region", "committees_committee", "committees_specialcommittee",
    "committees_sector", "committees_resultclass", "committees_emptyphrase",
    "committees_sourcereport", "committees_citation", "committees_trycount",
}  # fmt: skip


def test_every_page_of_the_staff_site_has_help():
    """A new page comes with a sentence on what it is for."""
    told = {name for screen in SCREENS for name in screen.names}
    names = {name for url in site.get_urls() for name in _names(url)} - NO_SCREEN
    pages = {
        name for name in names if not name.endswith(("_add", "_change", "_history", "_delete"))
    }
    assert pages - told == {f"{name}_changelist" for name in PLAIN_LISTS}


def _names(url) -> list[str]:
    if hasattr(url, "url_patterns"):
        return [name for inner in url.url_patterns for name in _names(inner)]
    return [url.name] if url.name else []
