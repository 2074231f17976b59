"""What somebody signed in sends twice is done once; the second gets the first answer."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.test import Client
from django.urls import reverse

from committees.models import SentForm
from committees.services import sent_once
from committees.services.sent_once import FIELD, State
from config import sent_once as middleware
from consultations.models import Attachment, FollowUp, Note, ProgressEntry, SupervisorLink
from tests.factories import a_county, case_at, task_at
from tests.journeys.visitors import Colleague
from tests.races import race

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 21, 4, 0, tzinfo=dt.UTC)
KEY = "k" * 22
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def case(county):
    return case_at("handling", county=county)


@pytest.fixture
def office(county) -> Client:
    return entered(county.office)


def entered(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(case, page: str) -> str:
    return reverse(f"admin:case_{page}", args=[case.pk])


def note(client: Client, case, text: str = "已与水务局联系。", key: str = KEY):
    return client.post(address(case, "note"), {"text": text, FIELD: key})


def test_the_second_gets_the_first_answer(office, case):
    first, second = note(office, case), note(office, case)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Note.objects.count() == 1


def test_a_file_sent_twice_is_kept_once(office, case):
    for _time in range(2):
        sent = {"kind": "document", "title": "签到表", FIELD: KEY,
                "file": SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")}  # fmt: skip
        assert office.post(address(case, "file_add"), sent).status_code == 302

    assert Attachment.objects.count() == 1


def test_another_file_under_the_same_key_is_another_content(office, case):
    codes = []
    for content in (PDF, PDF + b"\n"):
        sent = {"kind": "document", "title": "签到表", FIELD: KEY,
                "file": SimpleUploadedFile("a.pdf", content, content_type="application/pdf")}  # fmt: skip
        codes.append(office.post(address(case, "file_add"), sent).status_code)

    assert codes == [302, 422]
    assert Attachment.objects.count() == 1


def test_a_follow_up_sent_twice_is_kept_once_and_leads_to_the_record(office, case):
    sent = {"kind": "inspection", "done_on": "2026-01-05", "finding": "看过了",
            "version": case.version, FIELD: KEY}  # fmt: skip
    answers = [office.post(address(case, "follow_up"), sent) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert FollowUp.objects.count() == 1


def test_progress_sent_twice_from_the_page_of_a_unit_is_kept_once(county):
    task = task_at("handling", county=county)
    officer = Colleague(county.officer)
    officer.open(reverse("my:task_step", args=[task.pk, "report_progress"]))
    form = officer.page.form("text")
    form.put("text", "已开挖三十米。")
    url, sent = officer.page.path, form.data()

    pages = [officer.post(url, sent) for _time in range(2)]

    assert [page.path for page in pages] == [reverse("my:task", args=[task.pk])] * 2
    assert ProgressEntry.objects.filter(task=task).count() == 1


def test_the_key_of_another_person_is_another_key(county, case):
    note(entered(county.office), case)
    assert note(entered(county.clerk), case).status_code == 302
    assert Note.objects.count() == 2


def test_other_words_under_the_same_key_are_refused_and_kept_on_the_page(office, case):
    note(office, case)
    answer = note(office, case, "另有一件事。")

    assert answer.status_code == 422
    assert "另有一件事。" in answer.content.decode()
    assert Note.objects.count() == 1


def test_what_was_refused_may_be_sent_as_a_new_form(county, case):
    office = Colleague(county.office)
    office.open(address(case, "note"))
    sent = office.page.form("text").data()
    office.post(address(case, "note"), sent | {"text": "第一件。"})
    page = office.post(address(case, "note"), sent | {"text": "第二件。"})

    assert page.status == 422
    assert office.send(box="text").status == 200
    assert {n.text for n in Note.objects.all()} == {"第一件。", "第二件。"}


@pytest.mark.parametrize("other", ["/admin/consultations/case/{pk}/note/?a=1",
                                   "/admin/consultations/case/{pk}/assign/"])  # fmt: skip
def test_the_key_is_good_for_one_address(office, case, other):
    note(office, case)
    sent = {"text": "已与水务局联系。", FIELD: KEY}
    assert office.post(other.format(pk=case.pk), sent).status_code == 422


def test_while_the_first_is_being_worked_on_the_second_is_told(office, case, county):
    note(office, case)
    SentForm.objects.update(status=None, location="")

    answer = note(office, case)

    assert answer.status_code == 409
    assert "已与水务局联系。" in answer.content.decode()
    assert Note.objects.count() == 1


def test_a_form_with_a_mistake_may_be_mended_and_sent_with_the_same_key(office, case):
    assert note(office, case, text="").status_code == 200
    assert note(office, case).status_code == 302
    assert Note.objects.count() == 1


def test_after_a_day_the_key_is_a_new_one(office, case):
    with time_machine.travel(NOON, tick=False) as clock:
        note(office, case)
        clock.shift(dt.timedelta(hours=24))
        office.force_login(SentForm.objects.get().user)
        note(office, case, "改了一句。")
        assert Note.objects.count() == 1
        clock.shift(dt.timedelta(seconds=1))
        note(office, case, "改了一句。")
        assert Note.objects.count() == 2


def test_what_is_older_than_a_day_is_forgotten(county):
    with time_machine.travel(NOON, tick=False) as clock:
        sent_once.begin(county.office, key="a", content="b")
        clock.shift(dt.timedelta(hours=23))
        sent_once.begin(county.office, key="c", content="d")
        clock.shift(dt.timedelta(hours=2))
        assert sent_once.forget() == 1
        assert SentForm.objects.count() == 1


def test_a_slip_is_shown_once_and_no_second_link_is_made(office, case):
    sent = {"called": "王大姐", "days": "3", FIELD: KEY}
    url = reverse("admin:case_link_issue", args=[case.pk])
    first, second = office.post(url, sent), office.post(url, sent)
    token = re.search(r"/s/([\w-]{43})/", first.content.decode())[1]

    assert second.status_code == 409
    assert SupervisorLink.objects.count() == 1
    assert token not in second.content.decode() + str(list(SentForm.objects.values()))


def test_a_form_without_a_key_is_taken_as_ever(office, case):
    assert office.post(address(case, "note"), {"text": "没有钥匙"}).status_code == 302
    assert not SentForm.objects.exists()


def test_a_stranger_leaves_no_trace(client):
    client.post("/track/", {"code": "AAAAAAAA", FIELD: KEY})
    client.post("/nowhere/", {FIELD: KEY})
    assert not SentForm.objects.exists()


@pytest.mark.parametrize(
    "url", ["/admin/", "/admin/committees/handlingunit/add/", "/admin/consultations/case/add/"]
)
def test_every_form_carries_a_key_of_its_own(office, url):
    html = office.get(url).content.decode()
    keys = re.findall(rf'name="{FIELD}" value="([\w-]{{22}})"', html)

    assert len(keys) == html.count('name="csrfmiddlewaretoken"') > 0
    assert len(set(keys)) == len(keys)


def test_a_visitor_gets_no_key(client, county):
    html = client.get(f"/propose/?region={county.region.pk}").content.decode()
    assert "csrfmiddlewaretoken" in html
    assert FIELD not in html


# --- the interface: the header --------------------------------------------------------------------


@pytest.fixture
def call(rf, county, monkeypatch):
    """Send JSON through the middleware to a view that counts."""
    done = []

    def send(answer=None, *, key: str = KEY, body: str = '{"a": 1}', user=county.office):
        request = rf.post("/api/x/", body, content_type="application/json",
                          headers={"Idempotency-Key": key})  # fmt: skip
        request.user = user
        request.resolver_match = SimpleNamespace(route="api/x/")

        def view(request):
            done.append(body)
            return answer or JsonResponse({"id": len(done)}, status=201)

        def inner(request):
            return keys.process_view(request, view, (), {}) or view(request)

        keys = middleware.OneTimeKeys(inner)
        return keys(request)

    send.done = done
    return send


def test_a_call_sent_twice_gets_the_very_answer(call):
    first, second = call(), call()

    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second["Content-Type"] == "application/json"
    assert len(call.done) == 1


def test_the_answer_is_kept_sealed(call):
    call(JsonResponse({"name": "张三"}, json_dumps_params={"ensure_ascii": False}))
    assert "张三" not in str(list(SentForm.objects.values()))


def test_another_body_is_422_and_a_running_one_409_both_in_json(call):
    call()
    assert call(body='{"a": 2}').status_code == 422
    SentForm.objects.update(status=None, body="")
    answer = call()
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/json"
    assert len(call.done) == 1


@pytest.mark.parametrize(
    "failed", [HttpResponseServerError(), HttpResponse(status=400), HttpResponse("200")]
)
def test_what_failed_may_be_tried_again(call, failed):
    call(failed)
    assert call().status_code == 201
    assert len(call.done) == 2


# --- many at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_thirty_two_equal_ones_at_once_one_is_the_first():
    office = a_county().office

    def take():
        found = sent_once.begin(office, key=KEY, content="c")
        assert found.state is State.FIRST, found.state

    outcomes = race(*[take] * 32)

    assert outcomes.count("done") == 1
    assert sum("State.RUNNING" in found for found in outcomes) == 31


@pytest.mark.django_db(transaction=True)
def test_eight_double_clicks_at_once_make_one_file():
    county = a_county()
    case = case_at("handling", county=county)
    client = entered(county.office)

    def send():
        sent = {"kind": "document", "title": "签到表", FIELD: KEY,
                "file": SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")}  # fmt: skip
        assert client.post(address(case, "file_add"), sent).status_code in (302, 409)

    assert race(*[send] * 8) == ["done"] * 8
    assert Attachment.objects.count() == 1
