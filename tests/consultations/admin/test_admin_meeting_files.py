"""Files and media reports of a meeting: kept beside its record, before and after it is read back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consultations.models import Attachment, MediaReport, Meeting, Participant
from consultations.services import files
from tests.consultations.admin.test_admin_minutes import people, sent, url_of
from tests.consultations.admin.test_admin_uploads import PDF
from tests.consultations.services.test_files import WORDS, a_file
from tests.factories import case_at
from tests.journeys.pages import Page

SHEET = {"f-kind": "scan", "f-title": "签到表"}


def a_sheet(content: bytes = PDF, name: str = "x.pdf") -> dict:
    return SHEET | {"f-file": SimpleUploadedFile(name, content)}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(county):
    return case_at("scheduled", county=county)


@pytest.fixture
def held(county):
    return case_at("handling", county=county)


def reports(case, *rows, **more) -> dict[str, str]:
    data = {"version": str(case.version), "r-TOTAL_FORMS": str(len(rows)), "r-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        data |= {f"r-{place}-{name}": value for name, value in row.items()}
    return data | more


A_REPORT = {"title": "小渠通了水", "outlet": "演示日报", "published_on": "2026年6月3日",
            "url": "https://example.org/a"}  # fmt: skip


def reports_url(record, case):
    return record(case, "meeting_reports", case.meetings.get().pk)


def test_a_file_is_kept_and_what_was_typed_stays(county, enter, record, case):
    data = sent(case, press="attach", **people(case), name="东沟协商会") | a_sheet()
    page = Page(enter(county.clerk).post(url_of(record, case), data))
    kept = Attachment.objects.get()
    assert (kept.meeting, kept.title, kept.is_public) == (case.meetings.get(), "签到表", False)
    assert (page.typed("p-0-name"), page.typed("name")) == ("李主持", "东沟协商会")
    assert page.has_link(f"/file/{kept.pk}/")
    assert page.typed("f-title") == ""
    assert Participant.objects.count() == 0
    assert case.events.get(action="attach").data["meeting"] == case.meetings.get().pk


@pytest.mark.parametrize("press", ["more", "paste", "save"])
def test_a_chosen_file_is_kept_whatever_button_is_pressed(county, enter, record, case, press):
    data = sent(case, press=press, value="p", **people(case), pasted="王明，部门") | a_sheet()
    enter(county.clerk).post(url_of(record, case), data)
    assert Attachment.objects.get().meeting == case.meetings.get()


def test_a_broken_file_is_told_beside_its_box_and_the_record_waits(county, enter, record, case):
    data = sent(case, **people(case)) | a_sheet(b"<html>", "x.pdf")
    page = Page(enter(county.clerk).post(url_of(record, case), data))
    assert page.error_of("f-file")
    assert (page.typed("f-title"), page.typed("p-0-name")) == ("签到表", "李主持")
    assert (Attachment.objects.count(), Participant.objects.count()) == (0, 0)


@pytest.mark.parametrize("missing", ["f-file", "f-title"])
def test_a_file_needs_its_title_and_its_file(county, enter, record, case, missing):
    data = sent(case, press="attach") | a_sheet()
    del data[missing]
    page = Page(enter(county.clerk).post(url_of(record, case), data))
    assert page.error_of(missing)
    assert Attachment.objects.count() == 0


def test_the_same_file_sent_again_is_told(county, enter, record, case):
    client, url = enter(county.clerk), url_of(record, case)
    client.post(url, sent(case, press="attach") | a_sheet())
    again = client.post(url, sent(case, press="attach") | a_sheet())
    assert "签到表" in again.context["file"].non_field_errors()[0]
    assert Attachment.objects.count() == 1


def test_after_it_was_read_back_a_file_is_added_without_a_correction(county, enter, record, held):
    url = url_of(record, held)
    answer = enter(county.clerk).post(url, sent(held, press="attach") | a_sheet())
    assert answer.status_code == 200
    assert Attachment.objects.get().meeting == held.meetings.get()
    assert not held.events.filter(action="correct_record").exists()


def test_a_closed_case_takes_a_file_of_its_meeting(county, enter, record):
    case = case_at("closed", county=county)
    meeting, client = case.meetings.get(), enter(county.clerk)
    record_page = Page(client.get(record(case)))
    page = Page(client.get(record_page.link_to(f"?meeting={meeting.pk}")))
    form = page.form("meeting")
    assert page.typed("meeting") == str(meeting.pk)
    form.put("kind", "document")
    form.put("title", "会议照片说明")
    data = form.data("save") | {"file": SimpleUploadedFile("x.pdf", PDF)}
    answer = client.post(record(case, "file_add"), data)
    assert (answer.status_code, answer.url.partition("#")[2]) == (302, "meetings")
    assert Attachment.objects.get().meeting == meeting
    assert "会议照片说明" in Page(client.get(record(case))).text


@pytest.mark.parametrize("foreign", ["other", "cancelled", "x", "9" * 30])
def test_a_file_does_not_go_to_a_meeting_that_is_not_offered(county, enter, record, held, foreign):
    if foreign == "other":
        foreign = str(case_at("handling", county=county, title="另一件").meetings.get().pk)
    if foreign == "cancelled":
        foreign = str(held.meetings.create(round=9, status=Meeting.Status.CANCELLED).pk)
    data = {"kind": "scan", "title": "签到表", "meeting": foreign,
            "file": SimpleUploadedFile("x.pdf", PDF)}  # fmt: skip
    page = Page(enter(county.clerk).post(record(held, "file_add"), data))
    assert page.error_of("meeting")
    assert page.typed("title") == "签到表"
    assert Attachment.objects.count() == 0


def test_a_released_file_stands_at_its_meeting_and_only_there(county, client):
    case = case_at("closed", county=county)
    meeting = case.meetings.get()
    mine, whole = a_file(case, meeting=meeting), a_file(case, name="y.jpg")
    for file in (mine, whole):
        files.describe(file, by=county.clerk, **WORDS)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert WORDS["alt_text"] not in page
    for file in (mine, whole):
        files.release(file, by=county.office)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    at_meeting, rest = page.split('id="files-h"')
    assert (at_meeting.count(mine.public_key), rest.count(mine.public_key)) == (1, 0)
    assert (at_meeting.count(whole.public_key), rest.count(whole.public_key)) == (0, 1)
    files.take_down(mine, by=county.clerk, reason="照片里有人后来不同意。")
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "照片里有人后来不同意。" in page.split('id="files-h"')[0]


def test_a_file_of_a_meeting_that_was_cancelled_later_stands_with_the_others(county, client):
    case = case_at("closed", county=county)
    called_off = case.meetings.create(round=9, status=Meeting.Status.CANCELLED)
    file = a_file(case, meeting=called_off)
    files.describe(file, by=county.clerk, **WORDS)
    files.release(file, by=county.office)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert page.split('id="files-h"')[1].count(file.public_key) == 1


def test_media_reports_are_added_to_a_closed_case_and_told_to_the_public(
    county, enter, record, client
):
    case = case_at("closed", county=county)
    url = reports_url(record, case)
    paper = {"title": "院坝里的商量", "outlet": "演示广播", "published_on": "", "url": ""}
    answer = enter(county.clerk).post(url, reports(case, A_REPORT, paper))
    assert answer.status_code == 302
    assert case.meetings.get().reports.count() == 2
    case.refresh_from_db()
    assert case.is_public
    page = Page(client.get(f"/cases/{case.pk}/"))
    assert "小渠通了水 演示日报 · 2026-06-03" in page.text
    assert "院坝里的商量 演示广播" in page.text
    assert "https://example.org/a" in page.links
    inside = Page(enter(county.office).get(record(case)))
    assert "https://example.org/a" in inside.links
    assert case.events.get(action="media_reports").data["reports"] == 2


@pytest.mark.parametrize(
    ("wrong", "box"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://example.org/a"}, "url"),
        ({"url": "x y"}, "url"),
        ({"title": ""}, "title"),
        ({"outlet": ""}, "outlet"),
        ({"title": "长" * 121}, "title"),
        ({"published_on": "2999-01-01"}, "published_on"),
        ({"published_on": "2月30日"}, "published_on"),
    ],
)
def test_a_wrong_media_report_is_told_in_its_cell(county, enter, record, held, wrong, box):
    data = reports(held, A_REPORT | wrong)
    answer = enter(county.clerk).post(reports_url(record, held), data)
    page = Page(answer)
    assert page.error_of(f"r-0-{box}")
    assert len(answer.context["grids"]["r"].forms[0].errors[box]) == 1
    assert MediaReport.objects.count() == 0
    for name, value in (A_REPORT | wrong).items():
        assert page.typed(f"r-0-{name}") == value


def test_a_media_report_is_changed_and_removed(county, enter, record, held):
    client, url = enter(county.clerk), reports_url(record, held)
    client.post(url, reports(held, A_REPORT, A_REPORT | {"title": "第二篇"}))
    held.refresh_from_db()
    first, second = MediaReport.objects.order_by("pk")
    rows = (A_REPORT | {"id": str(first.pk), "outlet": "演示晚报"},
            A_REPORT | {"id": str(second.pk), "DELETE": "on"})  # fmt: skip
    assert client.post(url, reports(held, *rows)).status_code == 302
    assert MediaReport.objects.get().outlet == "演示晚报"


def test_a_stale_or_foreign_media_report_is_refused(county, enter, record, held):
    client, url = enter(county.clerk), reports_url(record, held)
    client.post(url, reports(held, A_REPORT))
    assert client.post(url, reports(held, A_REPORT)).status_code == 200  # an old version
    other = case_at("handling", county=county, title="另一件")
    foreign = other.meetings.get().reports.create(title="别处", outlet="演示日报")
    held.refresh_from_db()
    answer = client.post(url, reports(held, A_REPORT | {"id": str(foreign.pk)}))
    assert answer.context["errors"]
    foreign.refresh_from_db()
    assert (foreign.title, held.meetings.get().reports.count()) == ("别处", 1)


def test_personal_data_does_not_go_public_with_a_headline(county, enter, record):
    case = case_at("closed", county=county)
    data = reports(case, A_REPORT | {"title": "联系电话0876-2123456"})
    answer = enter(county.clerk).post(reports_url(record, case), data)
    assert answer.context["errors"]
    assert "0876-2123456" in answer.content.decode()
    assert MediaReport.objects.count() == 0


def test_the_page_of_reports_has_no_box_besides_its_rows(county, enter, record, held):
    form = Page(enter(county.clerk).get(reports_url(record, held))).form("r-0-title")
    assert not form.has("title")


def test_reports_are_not_for_everybody(county, enter, record, held):
    url = reports_url(record, held)
    assert enter(county.clerk).get(url).status_code == 200
    for person in (county.member, county.officer, county.leader, county.outsider):
        assert enter(person).get(url).status_code == 404


def test_the_public_page_costs_the_same_with_more_reports_and_files(
    county, client, django_assert_max_num_queries
):
    case = case_at("closed", county=county)
    meeting = case.meetings.get()
    client.get(f"/cases/{case.pk}/")
    for size in (1, 3):
        for number in range(size):
            meeting.reports.create(title=f"报道{size}-{number}", outlet="演示日报")
            a_file(case, meeting=meeting, name=f"{size}{number}.jpg")
        with django_assert_max_num_queries(12) as seen:
            client.get(f"/cases/{case.pk}/")
        if size == 1:
            one = len(seen)
    assert len(seen) == one
