"""The page behind a citizen supervisor's link: one case, no account, nothing else."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from consultations.models import Attachment, Case, SupervisorLink, Verification
from consultations.services import supervisors
from tests.factories import step, task_at


@pytest.fixture
def task(county):
    return task_at("answered", county=county, title="东沟漏水要修")


@pytest.fixture
def issued(county, task):
    return supervisors.issue(task.case, by=county.office, called="王大姐", days=30)


@pytest.fixture
def url(issued) -> str:
    return f"/s/{issued.token}/"


@pytest.fixture
def holder() -> Client:
    """Somebody with nothing but the address; forged requests are looked for."""
    return Client(enforce_csrf_checks=True)


def found(task, verdict="verify_true", **fields):
    told = {"task": task.pk, "verdict": verdict, "version": task.version, "method": "site",
            "finding": "看过了，水通了。"}  # fmt: skip
    return told | fields


def test_the_page_shows_the_case_and_what_waits(holder, url, task):
    answer = holder.get(url)
    html = answer.content.decode()

    assert answer.status_code == 200
    assert "东沟漏水要修" in html
    assert "王大姐" in html
    assert f'value="{task.pk}"' in html
    assert SupervisorLink.objects.get().uses == 1


def test_the_page_is_kept_nowhere_and_tells_no_other_site(holder, url):
    answer = holder.get(url)

    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies
    assert not holder.cookies


@pytest.mark.parametrize(
    ("verdict", "state", "is_true"),
    [
        ("verify_true", "verified", True),
        ("verify_partly", "handling", False),
        ("verify_false", "handling", False),
    ],
)
def test_the_holder_says_what_was_found(holder, url, task, verdict, state, is_true):
    answer = holder.post(url, found(task, verdict))

    task.refresh_from_db()
    assert (answer.status_code, task.state) == (302, state)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert Verification.objects.get().is_true is is_true
    assert holder.get(answer.url).status_code == 200
    assert not holder.cookies


def test_a_photo_is_written_anew_and_stays_inside(holder, url, task, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    raw = io.BytesIO()
    Image.new("RGB", (40, 30)).save(raw, "JPEG", comment=b"secret place")
    raw.seek(0)
    raw.name = "IMG_0001.jpg"

    holder.post(url, found(task, evidence=raw))

    kept = Attachment.objects.get()
    assert (kept.case, kept.uploaded_by, kept.is_public) == (task.case, None, False)
    with kept.file.open("rb") as content:
        assert b"secret place" not in content.read()
    assert task.events.get(action="verify_true").data["photo"] == kept.pk


@pytest.mark.parametrize(
    "fields", [{"method": ""}, {"verdict": "verify_false", "finding": ""},
               {"verdict": "verify_false", "finding": "打电话13887654321"},
               {"finding": "字" * 501}, {"version": 0}, {"version": ""}],
)  # fmt: skip
def test_a_mistake_is_told_and_nothing_typed_is_lost(holder, url, task, fields):
    answer = holder.post(url, found(task, **fields))

    assert answer.status_code == 200
    assert found(task, **fields)["finding"] in answer.content.decode()
    assert "alert--bad" in answer.content.decode()
    assert not Verification.objects.exists()


def test_a_file_of_another_kind_is_refused(holder, url, task):
    other = io.BytesIO(b"MZ program")
    other.name = "a.exe"

    assert holder.post(url, found(task, evidence=other)).status_code == 200
    assert not Attachment.objects.exists()
    assert not Verification.objects.exists()


@pytest.mark.parametrize("how", ["unknown", "cut", "revoked", "expired", "restricted"])
def test_every_link_that_is_not_good_gets_one_answer(holder, url, issued, county, how):
    assert holder.get(url).status_code == 200
    spoiled = {"unknown": "/s/" + "x" * 43 + "/", "cut": url[:-2] + "/"}.get(how, url)
    if how == "revoked":
        supervisors.revoke(issued.link, by=county.office)
    if how == "expired":
        old = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        SupervisorLink.objects.update(issued_at=old, expires_at=old + dt.timedelta(days=1))
    if how == "restricted":
        step(issued.link.case, "restrict", county=county)

    answers = [holder.get(spoiled), holder.post(spoiled, {"task": 1})]
    nowhere = Client().get("/s/nowhere/")

    for answer in answers:
        assert answer.status_code == 404
        page = answer.content.decode().replace(spoiled, "/s/nowhere/")
        assert page == nowhere.content.decode()
        assert "东沟漏水" not in answer.content.decode()
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("key", ["", "0", "-1", "x", "²", "9" * 30])
def test_a_task_that_is_none_of_the_case_does_not_exist(holder, url, task, key):
    assert holder.post(url, found(task) | {"task": key}).status_code == 404


def test_a_task_of_another_case_does_not_exist(holder, url, county):
    other = task_at("answered", county=county, title="别的事")

    assert holder.post(url, found(other)).status_code == 404
    assert "别的事" not in holder.get(url).content.decode()
    other.refresh_from_db()
    assert other.state == "answered"


@pytest.mark.parametrize("verdict", ["", "accept_reply", "cancel", "reopen"])
def test_no_other_step_can_be_sent(holder, url, task, verdict):
    assert holder.post(url, found(task, verdict)).status_code == 404
    task.refresh_from_db()
    assert task.state == "answered"


def test_a_task_somebody_else_looked_at_meanwhile_says_so(holder, url, task, county):
    holder.post(url, found(task))
    answer = holder.post(url, found(task))

    assert answer.status_code == 200
    assert Verification.objects.count() == 1


def test_too_many_wrong_links_close_the_door_for_that_address_only(holder, url):
    for number in range(30):
        assert holder.get(f"/s/{'z' * 42}{number % 10}/").status_code == 404

    assert holder.get(url).status_code == 429
    assert holder.get(url, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_the_case_is_seen_as_the_public_sees_it(holder, url, task, county):
    """Minutes, notes and names of officials inside are not there, published or not."""
    Case.objects.filter(pk=task.case_id).update(is_public=False)
    html = holder.get(url).content.decode()

    assert "先修东沟。" not in html  # what was said at the meeting
    assert "两处渗漏已修复。" not in html  # the reply as it was written
    assert county.office.username not in html


def test_the_number_of_queries_does_not_grow(
    holder, url, county, django_assert_max_num_queries, task
):
    with django_assert_max_num_queries(19):  # a third of them count
        holder.get(url)


def test_a_document_is_evidence_as_well_as_a_photo(holder, url, task, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    notes = SimpleUploadedFile("talk.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF", "application/pdf")

    assert holder.post(url, found(task, evidence=notes)).status_code == 302

    kept = task.case.attachments.get()
    assert (kept.kind, kept.suffix, kept.uploaded_by, kept.is_public) == (
        "document", ".pdf", None, False)  # fmt: skip
    told = task.events.get(action="verify_true").data
    assert (told["file"], "photo" in told) == (kept.pk, False)
