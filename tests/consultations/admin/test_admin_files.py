"""The files of a record: prepared, released and taken down through its pages."""

from __future__ import annotations

import pytest

from consultations.models import Attachment
from consultations.services import files
from tests.consultations.services.test_files import WORDS, a_file
from tests.factories import case_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return case_at("closed", county=county)


@pytest.fixture
def file(case):
    return a_file(case)


def url(record, file, step) -> str:
    return record(file.case, f"file_{step}", file.pk)


def test_the_whole_way_through_the_pages(county, enter, record, file):
    clerk, office = enter(county.clerk), enter(county.office)
    assert url(record, file, "describe") in clerk.get(record(file.case)).content.decode()
    seen = clerk.get(url(record, file, "describe")).context["form"]["seen"].value()
    sent = clerk.post(url(record, file, "describe"), {**WORDS, "consent": "on", "seen": seen})
    assert sent.status_code == 302
    shown = office.get(url(record, file, "release")).content.decode()
    assert WORDS["alt_text"] in shown
    assert str(county.clerk) in shown
    assert office.post(url(record, file, "release")).status_code == 302
    assert Attachment.objects.get().is_public
    page = clerk.get(record(file.case)).content.decode()
    assert url(record, file, "take_down") in page
    assert url(record, file, "release") not in page
    gone = clerk.post(url(record, file, "take_down"), {"reason": "不合适。"})
    assert gone.status_code == 302
    assert not Attachment.objects.get().is_public
    page = clerk.get(record(file.case)).content.decode()
    assert "不合适。" in page
    assert record(file.case, "file", file.pk) in page  # staff keep it
    kept = clerk.get(record(file.case, "file", file.pk))
    assert b"".join(kept.streaming_content) == b"\xff\xd8"


def test_who_prepared_it_reads_why_he_does_not_release_it(county, enter, record, file):
    files.describe(file, by=county.office, **WORDS)
    client = enter(county.office)
    assert client.get(url(record, file, "release")).context["against"]
    answer = client.post(url(record, file, "release"))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert not Attachment.objects.get().is_public


@pytest.mark.parametrize(("step", "sent"), [
    ("describe", {**WORDS, "consent": ""}), ("describe", {**WORDS, "alt_text": ""}),
    ("describe", {**WORDS, "alt_text": "长" * 201}), ("describe", {**WORDS, "title": "长" * 81}),
    ("describe", {**WORDS, "alt_text": "电话13812345678", "consent": "on"}),
    ("take_down", {"reason": ""}), ("take_down", {"reason": "长" * 201}),
    ("take_down", {"reason": "还没有公开过。"}),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(county, enter, record, file, step, sent):
    answer = enter(county.clerk).post(url(record, file, step), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    for words in filter(None, sent.values()):
        assert str(words)[:40] in answer.content.decode() or words is True
    assert not Attachment.objects.get().is_prepared


@pytest.mark.parametrize("who", ["member", "officer", "outsider", "approver"])
@pytest.mark.parametrize("step", ["describe", "release", "take_down"])
def test_the_pages_do_not_exist_for_others(county, enter, record, file, who, step):
    client = enter(county.people[who])
    assert client.get(url(record, file, step)).status_code == 404
    assert client.post(url(record, file, step), {"reason": "x"}).status_code == 404


def test_a_file_of_another_case_is_not_found(county, enter, record, file):
    other = case_at("closed", county=county, title="另一件事")
    client = enter(county.office)
    for step in ("describe", "release", "take_down"):
        assert client.get(record(other, f"file_{step}", file.pk)).status_code == 404
