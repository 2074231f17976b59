"""A file of a case: prepared by one, released by a second, taken down by one; never lost."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from consultations.models import Attachment
from consultations.services import files
from consultations.workflow.engine import Refused
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db
WORDS = {"title": "修好的东沟", "alt_text": "水泥沟渠里有水在流。", "consent": True}


def a_file(case, *, kind="photo", name="x.jpg", **fields) -> Attachment:
    return case.attachments.create(
        kind=kind, title="照片", file=ContentFile(b"\xff\xd8", name=name), **fields
    )


@pytest.fixture
def case(county, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return case_at("closed", county=county)


@pytest.fixture
def shown(case, county):
    file = a_file(case)
    files.describe(file, by=county.clerk, **WORDS)
    files.release(file, by=county.office)
    return file


def lines(case, *actions):
    return list(case.events.filter(action__in=actions).order_by("pk").values_list(
        "action", "actor__username", "reason"))  # fmt: skip


def test_one_prepares_and_a_second_releases(case, county):
    file = a_file(case)
    files.describe(file, by=county.clerk, **WORDS)
    assert (file.is_public, file.is_prepared) == (False, True)
    files.release(file, by=county.office)
    assert (file.is_public, file.released_by) == (True, county.office)
    assert len(file.public_key) == 24
    assert [line[:2] for line in lines(case, "describe_file", "release_file")] == [
        ("describe_file", county.clerk.username), ("release_file", county.office.username)]  # fmt: skip


def test_nobody_releases_what_he_prepared(case, county):
    file = a_file(case)
    files.describe(file, by=county.office, **WORDS)
    with pytest.raises(Refused):
        files.release(file, by=county.office)
    assert not Attachment.objects.get().is_public


def test_only_the_office_releases_and_only_editors_prepare(case, county):
    file = a_file(case)
    for person in (county.member, county.officer, county.outsider):
        with pytest.raises(Refused):
            files.describe(file, by=person, **WORDS)
    files.describe(file, by=county.clerk, **WORDS)
    for person in (county.director, county.leader, county.outsider):
        with pytest.raises(Refused):
            files.release(file, by=person)
    assert not Attachment.objects.get().is_public


@pytest.mark.parametrize("wrong", [{"consent": False}, {"alt_text": "  "},
                                   {"alt_text": "联系电话13812345678"},
                                   {"title": "身份证532901199001011234"}])  # fmt: skip
def test_no_release_without_consent_and_clean_words(case, county, wrong):
    file = a_file(case)
    with pytest.raises(Refused):
        files.describe(file, by=county.clerk, **WORDS | wrong)
    assert not Attachment.objects.get().is_prepared


@pytest.mark.parametrize("fields", [{"kind": "scan"}, {"name": "x.docx", "kind": "document"}])
def test_some_files_are_never_shown(case, county, fields):
    with pytest.raises(Refused):
        files.describe(a_file(case, **fields), by=county.clerk, **WORDS)


def test_unprepared_and_hidden_cases_release_nothing(case, county):
    file = a_file(case)
    with pytest.raises(Refused):
        files.release(file, by=county.office)
    files.describe(file, by=county.clerk, **WORDS)
    step(case, "restrict", county=county)
    file.case.refresh_from_db()
    with pytest.raises(Refused):
        files.release(file, by=county.office)
    assert not Attachment.objects.get().is_public


def test_a_file_taken_down_stays_with_its_reason(case, county, shown):
    key, path = shown.public_key, shown.file.name
    files.take_down(shown, by=county.clerk, reason="照片里有人后来不同意。")
    kept = Attachment.objects.get()
    assert (kept.is_public, kept.public_key, kept.file.name) == (False, None, path)
    assert kept.file.storage.exists(path)
    assert (kept.hidden_by, kept.hidden_reason) == (county.clerk, "照片里有人后来不同意。")
    assert lines(case, "take_down_file") == [
        ("take_down_file", county.clerk.username, "照片里有人后来不同意。")]  # fmt: skip
    with pytest.raises(Refused):  # sent twice
        files.take_down(shown, by=county.clerk, reason="再来一次")
    with pytest.raises(Refused):  # it is prepared anew before anybody releases it again
        files.release(shown, by=county.office)
    files.describe(shown, by=county.clerk, **WORDS)
    files.release(shown, by=county.office)
    assert shown.public_key != key
    assert shown.hidden_at is None


@pytest.mark.parametrize("reason", ["", "  ", "王某电话13812345678"])
def test_taking_down_says_why_in_clean_words(case, county, shown, reason):
    with pytest.raises(Refused):
        files.take_down(shown, by=county.clerk, reason=reason)
    assert Attachment.objects.get().is_public


def test_not_everybody_takes_a_file_down(case, county, shown):
    for person in (county.member, county.officer, county.outsider):
        with pytest.raises(Refused):
            files.take_down(shown, by=person, reason="不合适。")
    files.take_down(shown, by=county.leader, reason="不合适。")
    assert not Attachment.objects.get().is_public
