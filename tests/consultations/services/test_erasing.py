"""Files that hold people go with their names, and words that cannot be changed are shown no more."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from committees.models import AuditEntry
from consultations.models import (
    Attachment,
    Case,
    Event,
    Participant,
    SilentLine,
    Suggestion,
)
from consultations.models.attachments import new_public_key
from consultations.services import anonymising
from consultations.services.history import line
from consultations.workflow.engine import Refused
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db
NAME = "张大河"


@pytest.fixture
def case(county):
    return case_at("deliberated", county=county, proposer=NAME)


def a_file(case, **about) -> Attachment:
    told = {"kind": "photo", "title": "现场", "file": ContentFile(b"x", name="a.jpg")} | about
    return Attachment.objects.create(case=case, **told)


def released(case, county, **about) -> Attachment:
    return a_file(case, consent=True, alt_text="沟渠", is_public=True, public_key=new_public_key(),
                  described_by=county.office, released_by=county.office,
                  released_at=timezone.now(), **about)  # fmt: skip


def over(case) -> None:
    then = timezone.now() - dt.timedelta(days=31 * 25)
    Case.objects.filter(pk=case.pk).update(stage="withdrawn", stage_since=then)


def an_old_line(case, county, **words) -> Event:
    """Written before anybody knew the name of the person as that of a resident."""
    Case.objects.filter(pk=case.pk).update(proposer="")
    case.refresh_from_db()
    found = line(case, "edit", by=county.office, role="county_office", **words)
    meeting = case.meetings.get()
    Participant.objects.create(meeting=meeting, capacity="masses", name=NAME)
    return found


def is_kept(file: Attachment) -> bool:
    return bool(file.file) and default_storage.exists(file.file.name)


def test_files_that_hold_people_go_with_the_names_and_the_others_stay(
    case, county, django_capture_on_commit_callbacks
):
    face, signed = a_file(case), a_file(case, kind="scan", title=f"{NAME}签到")
    ditch, shown = a_file(case, holds_people=False), released(case, county)
    paths = [file.file.name for file in (face, signed, ditch, shown)]
    over(case)

    with django_capture_on_commit_callbacks(execute=True):
        anonymising.everything_due()

    assert [default_storage.exists(path) for path in paths] == [False, False, True, True]
    for file in (face, signed, ditch, shown):
        file.refresh_from_db()
    assert [bool(file.erased_at) for file in (face, signed, ditch, shown)] == [True, True, False,
                                                                              False]  # fmt: skip
    assert (face.file.name, NAME in signed.title) == ("", False)
    facts = json.loads(AuditEntry.objects.get(kind="erased", about=f"case:{case.pk}").facts)
    assert facts["files"] == 2


def test_what_is_not_committed_takes_no_file(case, django_capture_on_commit_callbacks):
    file = a_file(case)
    over(case)
    with django_capture_on_commit_callbacks(execute=False):
        anonymising.everything_due()
    assert default_storage.exists(file.file.name)


def test_an_erased_file_is_handed_out_to_nobody(case, county):
    file = released(case, county)
    Case.objects.filter(pk=case.pk).update(
        is_public=True, published_at=timezone.now(), public_summary="好"
    )
    client = Client()
    client.force_login(county.office)
    inside = f"/admin/consultations/case/{case.pk}/file/{file.pk}/"
    outside = f"/cases/{case.pk}/files/{file.public_key}/"
    small = f"/my/cases/{case.pk}/photos/{file.pk}/"
    urls = [inside, outside, small]
    for url in urls:
        answer = client.get(url)
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"x")

    anonymising.erase_file(file, by=county.office, why="本人要求")

    assert [client.get(url).status_code for url in urls] == [404, 404, 404]
    page = client.get(f"/admin/consultations/case/{case.pk}/change/").content.decode()
    assert inside not in page
    assert f"photos/{file.pk}/" not in client.get(f"/my/cases/{case.pk}/").content.decode()


@pytest.mark.parametrize("words", [{"reason": f"{NAME}不同意"}, {"facts": {"note": f"找过{NAME}"}},
                                   {"facts": {"changes": [{"old": NAME}]}}])  # fmt: skip
def test_a_line_that_names_somebody_keeps_its_place_and_is_told_without_words(case, county, words):
    old = an_old_line(case, county, **words)
    kept = Event.objects.filter(pk=old.pk).values().get()
    other = line(case, "edit", by=county.office, role="county_office", reason="改错字")

    anonymising.take_out(case, [NAME], by=county.office, why="本人要求")

    assert Event.objects.filter(pk=old.pk).values().get() == kept
    assert list(SilentLine.objects.values_list("event", flat=True)) == [old.pk]
    client = Client()
    client.force_login(county.office)
    pages = [f"/admin/consultations/case/{case.pk}/change/", f"/my/cases/{case.pk}/",
             "/admin/consultations/event/"]  # fmt: skip
    for url in pages:
        page = client.get(url).content.decode()
        assert NAME not in page, url
        assert other.reason in page, url


def test_the_public_page_does_not_tell_the_words_either(case, county):
    Case.objects.filter(pk=case.pk).update(
        is_public=True, published_at=timezone.now(), public_summary="好", stage="terminated"
    )
    Case.objects.filter(pk=case.pk).update(proposer="")
    case.refresh_from_db()
    told = line(case, "terminate", by=county.office, role="county_office", public=True,
                reason=f"{NAME}不再要求")  # fmt: skip
    url = f"/cases/{case.pk}/"
    assert told.reason in Client().get(url).content.decode()
    Case.objects.filter(pk=case.pk).update(proposer=NAME, source="masses")
    case.refresh_from_db()

    anonymising.take_out(case, [NAME], by=county.office, why="本人要求")

    assert NAME not in Client().get(url).content.decode()


def test_no_reason_names_a_resident_of_the_case(county):
    case = case_at("proposed", county=county, proposer=NAME)
    with pytest.raises(Refused) as refused:
        step(case, "reject", county=county, reason=f"{NAME}要求的不属于协商范围")
    assert len(refused.value.reasons) == 1
    assert NAME not in refused.value.reasons[0]
    case.refresh_from_db()
    assert case.stage == "proposed"
    step(case, "reject", county=county, reason="不属于协商范围")
    assert case.stage == "rejected"


def test_twice_silences_once(case, county):
    an_old_line(case, county, reason=f"{NAME}不同意")
    for _time in range(2):
        anonymising.take_out(case, [NAME], by=county.office, why="本人要求")
    assert SilentLine.objects.count() == 1


def test_the_answer_to_a_suggestion_goes_with_its_words(county):
    kept = Suggestion.objects.create(title="路灯不亮", problem="我家门口", region=county.village,
                                     answer=f"{NAME}，您家门口的灯已修", state="answered",
                                     decided_at=timezone.now(), decided_by=county.office)  # fmt: skip
    anonymising.erase_suggestion(kept, by=county.office, why="本人要求")
    kept.refresh_from_db()
    assert NAME not in kept.answer
    assert (kept.answer != "", kept.state) == (True, "answered")
