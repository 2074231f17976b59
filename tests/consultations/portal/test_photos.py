"""Photos that came with a step: seen on the pages by those who may, and by nobody else."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from zeal import zeal_ignore

from consultations import uploads
from consultations.models import Attachment, Event
from tests.factories import case_at, step, task_at, task_step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def picture(kind: str = "JPEG", size=(900, 600)):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    upload = SimpleUploadedFile(f"p.{kind.lower()}", out.getvalue())
    return uploads.checked_photo(upload)


def url_of(photo: Attachment, *, small: bool = False) -> str:
    return f"/my/cases/{photo.case_id}/photos/{photo.pk}/" + ("small/" if small else "")


def verified(county) -> Attachment:
    task = task_at("answered", county=county)
    task_step(task, "verify_true", county=county, by=county.village_clerk, evidence=picture())
    return Attachment.objects.get(kind="photo")


def status(client, url: str) -> int:
    """Read to the end, which closes the file."""
    response = client.get(url)
    body(response)
    return response.status_code


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("who", ["member", "director", "village_clerk", "party_approver", "office"])
def test_who_sees_inside_sees_the_small_one_and_opens_the_whole(county, who):
    photo = verified(county)
    client = enter(getattr(county, who))
    for page in (f"/my/cases/{photo.case_id}/", f"/my/tasks/{photo.case.tasks.get().pk}/"):
        shown = client.get(page).content.decode()
        assert f'href="{url_of(photo)}"' in shown
        assert f'src="{url_of(photo, small=True)}"' in shown
        assert photo.file.name not in shown

    whole, small = client.get(url_of(photo)), client.get(url_of(photo, small=True))

    assert Image.open(io.BytesIO(body(whole))).size == (900, 600)
    thumbnail = Image.open(io.BytesIO(body(small)))
    assert (max(thumbnail.size), thumbnail.format) == (uploads.SMALL, "JPEG")
    for response in (whole, small):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
        assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_unit_sees_the_photos_of_its_own_tasks_only(county):
    photo = verified(county)
    assert status(enter(county.officer), url_of(photo)) == 200
    other = enter(county.other_officer)
    assert status(other, url_of(photo)) == 404


def test_a_unit_sees_no_photo_of_a_visit(county):
    case = case_at("research", county=county)
    client = enter(county.member)
    page = f"/my/cases/{case.pk}/log_visit/"
    form = client.get(page).context["form"]
    upload = SimpleUploadedFile("p.jpg", picture().read())
    sent = {"version": form["version"].value(), "visited_on": "2026-06-01", "place": "东沟",
            "findings": "渗漏。", "photo": upload}  # fmt: skip
    choices = [value for value, _label in form.fields["method"].choices if value]
    with zeal_ignore():  # a step asks for the same more than once
        answer = client.post(page, sent | {"method": choices[0]})
    assert answer.status_code == 302
    photo = Attachment.objects.get(kind="photo")
    assert case.events.get(action="log_visit").data["photo"] == photo.pk
    assert status(client, url_of(photo)) == 200
    for action in ("schedule", "conclude", "submit_outcome", "approve_outcome", "file"):
        step(case, action, county=county)
    officer = enter(county.officer)
    assert status(officer, f"/my/cases/{case.pk}/") == 200
    assert status(officer, url_of(photo)) == 404


@pytest.mark.parametrize("who", ["outsider", "system_admin", "audit_admin", "nobody"])
def test_others_find_nothing(county, who):
    photo = verified(county)
    client = enter(getattr(county, who))
    assert status(client, url_of(photo)) == 404
    assert status(client, url_of(photo, small=True)) == 404


def test_without_a_sign_in_there_is_only_the_way_to_it(county):
    photo = verified(county)
    answer = Client().get(url_of(photo))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/login/")


def test_a_photo_is_found_below_its_own_case_only(county):
    photo, other = verified(county), case_at("draft", county=county)
    client = enter(county.office)
    assert status(client, f"/my/cases/{other.pk}/photos/{photo.pk}/") == 404


def test_scans_and_documents_are_no_photos(county):
    photo = verified(county)
    Attachment.objects.filter(pk=photo.pk).update(kind="scan")
    assert status(enter(county.office), url_of(photo)) == 404


def test_units_lose_sight_of_what_is_restricted(county):
    photo = verified(county)
    step(photo.case, "restrict", county=county)
    assert status(enter(county.officer), url_of(photo)) == 404
    assert status(enter(county.office), url_of(photo)) == 200


@pytest.mark.parametrize("damage", ["gone", "broken"])
def test_a_file_that_is_gone_or_broken_is_not_found(county, damage):
    photo = verified(county)
    if damage == "gone":
        photo.file.storage.delete(photo.file.name)
        assert status(enter(county.office), url_of(photo)) == 404
    else:
        with photo.file.storage.open(photo.file.name, "wb") as kept:
            kept.write(b"\xff\xd8broken")
    assert status(enter(county.office), url_of(photo, small=True)) == 404


@pytest.mark.parametrize("which", ["cases", "tasks"])
def test_three_photos_take_as_many_queries_as_one(county, which, django_assert_max_num_queries):
    photo = verified(county)
    key = photo.case_id if which == "cases" else photo.case.tasks.get().pk
    client, counts = enter(county.office), []
    for number in (1, 3):
        while Attachment.objects.count() < number:
            copy = Attachment.objects.create(
                case=photo.case,
                kind="photo",
                title="x",
                file=photo.file.name,
                uploaded_by=county.member,
            )
            Event.objects.create(case=photo.case, task=photo.case.tasks.get(), action="verify_true",
                                 from_stage="answered", to_stage="verified", actor=county.member,
                                 role="member", data={"photo": copy.pk})  # fmt: skip
        with django_assert_max_num_queries(200) as seen:
            assert len(client.get(f"/my/{which}/{key}/").context["photos"]) == number
        counts.append(len(seen))
    assert counts[0] == counts[1]
