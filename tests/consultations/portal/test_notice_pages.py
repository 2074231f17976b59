"""The inbox on both faces, the choices, the address and the calendar."""

from __future__ import annotations

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from committees.models import MailAddress
from consultations.models import CalendarFeed, Notice, NoticeChoice
from consultations.services import feeds, posting
from consultations.workflow.hearing import NoticeKind
from tests.factories import case_at, grant, step, task_at

BOXES = ("/my/notices/", "/admin/notices/")


@pytest.fixture
def enter(db):
    def entered(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return entered


@pytest.mark.parametrize("box", BOXES)
def test_the_inbox_shows_titles_and_leads_to_the_record(county, enter, box):
    case = case_at("proposed", county=county)
    client = enter(county.office)

    page = client.get(box)
    assert case.title in page.content.decode()
    told = Notice.objects.get(recipient=county.office)
    answer = client.post(f"{box}{told.pk}/")
    assert answer.status_code == 302
    assert f"/{case.pk}/" in answer["Location"]
    told.refresh_from_db()
    assert told.read_at is not None
    assert enter(county.leader).post(f"{box}{told.pk}/").status_code == 404


@pytest.mark.parametrize("box", BOXES)
def test_what_its_reader_may_not_see_any_more_is_not_named(county, enter, box):
    task = task_at("dispatched", county=county)
    assert task.title in enter(county.officer).get(box).content.decode()
    step(task.case, "restrict", county=county)

    page = enter(county.officer).get(box).content.decode()
    assert Notice.objects.filter(recipient=county.officer).exists()
    assert task.title not in page
    assert task.case.title not in page


@pytest.mark.parametrize("box", BOXES)
def test_an_empty_inbox_says_so(county, enter, box):
    page = enter(county.village_clerk).get(box)
    assert page.status_code == 200
    assert page.context["box"].lines == []
    assert 'class="' in page.content.decode()


@pytest.mark.parametrize("box", BOXES)
def test_all_are_read_at_once_and_the_count_goes(county, enter, box):
    case_at("proposed", county=county)
    client = enter(county.office)
    start = "/my/" if box.startswith("/my") else "/admin/"
    assert client.get(start).context["unread_notices"] == "1"

    client.post(f"{box}read/")
    assert client.get(start).context["unread_notices"] == ""
    assert Notice.objects.filter(recipient=county.leader, read_at=None).exists()


@pytest.mark.parametrize("box", BOXES)
def test_more_notices_cost_no_more_queries(county, enter, box):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(box)
        return len(found)

    case_at("proposed", county=county)
    client = enter(county.office)
    client.get(box)
    few = queries()
    for number in range(2):
        case_at("proposed", county=county, title=f"第{number}件")
        task_at("replied", county=county)

    assert queries() <= few + 1  # the tasks


def test_further_pages(county, enter):
    case = case_at("proposed", county=county)
    Notice.objects.bulk_create(
        Notice(recipient=county.office, kind="overdue", key=f"k{n}", case=case) for n in range(40)
    )
    client = enter(county.office)
    first = client.get("/my/notices/").context["box"]
    second = client.get(f"/my/notices/?after={first.after}").context["box"]

    shown = [line.notice.pk for line in (*first.lines, *second.lines)]
    assert len(set(shown)) == len(shown) == 41
    assert client.get("/my/notices/?after=nonsense").status_code == 200


# --- choices and address ------------------------------------------------------------------------


def test_choices_are_kept_and_what_is_wrong_is_said(county, enter):
    client = enter(county.office)
    wanted = dict.fromkeys(NoticeKind.values, "never")
    assert client.post("/my/notices/choices/", wanted).status_code == 302
    assert client.post("/my/notices/choices/", wanted | {"overdue": "digest"}).status_code == 302
    kept = dict(NoticeChoice.objects.values_list("kind", "mail"))
    assert kept == wanted | {"overdue": "digest"}

    page = client.post("/my/notices/choices/", wanted | {"overdue": "by pigeon"})
    assert page.status_code == 200
    assert "overdue" in page.context["choices_form"].errors


def test_an_address_is_asked_for_confirmed_and_taken_away(county, enter):
    client = enter(county.office)
    page = client.post("/my/mail/", {"address": "no address"})
    assert "address" in page.context["address_form"].errors
    assert 'value="no address"' in page.content.decode()

    assert client.post("/my/mail/", {"address": "me@b.example"}).status_code == 302
    assert mail.outbox == []
    posting.send_due()
    link = "/my/" + mail.outbox[0].body.split("/my/")[1].split()[0]
    assert enter(county.leader).get(link).status_code == 404
    assert client.get(link).status_code == 200
    assert MailAddress.objects.get().confirmed_at is None  # a look confirms nothing
    client.post(link)
    assert MailAddress.objects.get().confirmed_at is not None

    client.post("/my/mail/", {"address": "", "remove": "1"})
    assert not MailAddress.objects.exists()


# --- the calendar -------------------------------------------------------------------------------


def fetched(token: str, **headers):
    return Client().get(f"/my/calendar/feed/{token}.ics", headers=headers)


def entries(body: bytes) -> dict[str, object]:
    return {str(event["UID"]): event for event in Calendar.from_ical(body).walk("VEVENT")}


def test_the_feed_holds_meetings_and_due_dates_and_reads_back(county):
    case = case_at("scheduled", county=county, title="沟渠、东沟; 西沟, 反斜\\杠" + "很长" * 15)
    task = task_at("handling", county=county)
    answer = fetched(feeds.issue(county.office))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    found = entries(answer.content)
    meeting = case.meetings.get()
    event = found[f"meeting-{meeting.pk}@127.0.0.1"]
    assert event["DTSTART"].dt == timezone.localtime(meeting.starts_at).replace(microsecond=0)
    assert case.title in str(event["SUMMARY"])
    assert found[f"task-{task.pk}@127.0.0.1"]["DTSTART"].dt == task.due_on


def test_the_same_feed_is_not_sent_twice(county):
    task_at("handling", county=county)
    with time_machine.travel(timezone.now(), tick=False):
        token = feeds.issue(county.office)
        first = fetched(token)
        again = fetched(token, **{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_revoked_feed_opens_nothing_at_once(county, enter):
    client = enter(county.office)
    page = client.post("/my/calendar/", {"issue": "1"})
    token = page.context["address"].rsplit("/", 1)[1].removesuffix(".ics")
    assert fetched(token).status_code == 200
    assert token not in client.get("/my/calendar/").content.decode()
    assert not CalendarFeed.objects.filter(digest=token).exists()

    newer = feeds.issue(county.office)
    assert (fetched(token).status_code, fetched(newer).status_code) == (404, 200)
    client.post("/my/calendar/", {"revoke": "1"})
    assert fetched(newer).status_code == 404


def test_a_feed_ends_with_the_account_and_with_the_last_role(county):
    token = feeds.issue(county.office)
    county.office.grants.update(valid_from="2019-01-01", valid_until="2020-01-01")
    assert fetched(token).status_code == 404
    grant(county.office, "county_office", county.region)
    assert fetched(token).status_code == 200
    county.office.is_active = False
    county.office.save()
    assert fetched(token).status_code == 404


def test_a_sensitive_matter_is_not_named_in_a_calendar(county):
    case = case_at("scheduled", county=county, sensitivity="sensitive")
    text = fetched(feeds.issue(county.office)).content.replace(b"\r\n ", b"").decode()

    assert f"meeting-{case.meetings.get().pk}@" in text
    assert case.title not in text
    assert county.room.name not in text


def test_a_unit_reads_of_its_tasks_and_of_no_meeting(county, enter):
    task = task_at("handling", county=county)
    found = entries(fetched(feeds.issue(county.officer)).content)

    assert set(found) == {f"task-{task.pk}@127.0.0.1"}
    meeting = task.case.meetings.get()
    address = f"/my/meetings/{meeting.pk}/meeting.ics"
    assert enter(county.officer).get(address).status_code == 404
    assert enter(county.outsider).get(address).status_code == 404
    sent = enter(county.office).get(address)
    assert len(entries(sent.content)) == 1
    assert "attachment" in sent["Content-Disposition"]


def test_guessing_a_feed_is_slowed_down(county, settings):
    settings.LIMITS = settings.LIMITS | {"link": (2, settings.LIMITS["link"][1])}
    assert [fetched(f"wrong{n}").status_code for n in range(3)] == [404, 404, 429]
