"""Every address, every form, every kind of person: a clear answer, never an error page of ours."""

from __future__ import annotations

import random
from collections import Counter
from urllib.parse import urljoin

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from zeal import zeal_ignore

from committees.models import User
from consultations.demo.people import MAIN
from consultations.demo.seed import seed
from consultations.models import Attachment, Case, Commitment, Meeting, Task
from consultations.workflow.cases import CASES
from consultations.workflow.tasks import TASKS
from tests.consultations.reference import reference_data
from tests.journeys import hostile
from tests.journeys.pages import Page
from tests.people import a_county

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

SEED = 20261121
LEAKS = ("Traceback", "site-packages", "OperationalError", "IntegrityError", "SELECT ", "sqlite3")
STRANGERS = ("county_office-539921", "nobody-539921")
METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "HEAD", "OPTIONS", "BREW")
FORM = "application/x-www-form-urlencoded"
DEEP = b"[" * 5000
BODIES = [
    ("utf-7", f"{FORM}; charset=utf-7", b"a=1"),
    ("no such charset", f"{FORM}; charset=x-nothing", b"a=1"),
    ("NUL in a value", FORM, b"title=%00&region=532622"),
    ("no UTF-8", FORM, b"title=%ff%fe&code=%c0%af"),
    ("lone surrogate", FORM, b"title=%ED%A0%80&code=%ED%A0%80&region=%ED%A0%80"),
    ("many fields", FORM, b"&".join(b"a%d=1" % n for n in range(2100))),
    ("no boundary", "multipart/form-data", b"--x\r\n\r\n"),
    ("broken parts", "multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data;\r\n"),
    ("empty parts", "multipart/form-data; boundary=x", b"--x--\r\n"),
    ("deep JSON", "application/json", DEEP),
    ("broken JSON", "application/json", b'{"a":'),
    ("XML", "application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("no type", "", b"\x00\xff"),
]  # fmt: skip


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The demonstration story and a second county, told once and taken back after the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference_data()
        assert seed()
        a_county()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def known(story, db) -> dict[str, list[str]]:
    """What may really stand in the places of a route."""
    cases, tasks = _keys(Case), _keys(Task)
    return {
        "pk": [*cases[:20], *tasks[:20]],
        "object_id": [*cases[:20], *tasks[:10]],
        "id": _keys(User),
        "content_type_id": [str(n) for n in range(1, 60)],
        "action": sorted({row.action for row in (*CASES, *TASKS)}),
        "meeting_pk": _keys(Meeting),
        "promise_pk": _keys(Commitment),
        "item_pk": [str(pk) for pk in Task.objects.values_list("item", flat=True)],
        "file_pk": [*_keys(Attachment), "1"],
        "app_label": ["consultations", "committees"],
        "code": ["53", "5399", "nothing"],
        "url": ["nowhere", "consultations/case/1"],
    }


@pytest.fixture
def everybody(story, db) -> dict[str, Client]:
    """Nobody in particular, one person for each demonstration account, one from another county."""
    people = {"": Client(raise_request_exception=False)}
    for name in [*(account.username for account in MAIN), *STRANGERS]:
        people[name] = Client(raise_request_exception=False)
        people[name].force_login(User.objects.get(username=name))
    return people


def _keys(model) -> list[str]:
    return [str(pk) for pk in model.objects.order_by("pk").values_list("pk", flat=True)]


class Answers:
    """Every answer is looked at: no error of the server, nothing of its inside, all its headers."""

    def __init__(self) -> None:
        self.bad: list[str] = []
        self.statuses: Counter[int] = Counter()

    def look(self, response: HttpResponse, what: str) -> None:
        self.statuses[response.status_code] += 1
        if response.streaming:
            list(response)  # read to its end, which closes the file
        complaint = ""
        if response.status_code >= 500:
            error = getattr(response, "exc_info", None)
            complaint = (
                f"{response.status_code} {error[0].__name__}: {error[1]}" if error else "5xx"
            )
        elif "Content-Security-Policy" not in response.headers:
            complaint = "no Content-Security-Policy"
        elif not response.streaming:
            complaint = " ".join(w for w in LEAKS if w.encode() in response.content)
        if complaint:
            self.bad.append(f"{what}: {complaint}"[:600])

    def are_fine(self, *, least: int) -> None:
        assert not self.bad, "\n".join(self.bad[:40])
        assert self.statuses.total() >= least, self.statuses


def test_odd_addresses_and_parameters(known, everybody):
    dice, answers = random.Random(SEED), Answers()
    with zeal_ignore():
        for route in hostile.routes():
            for number in range(6):
                name = dice.choice(list(everybody))
                path = hostile.filled(route, known, dice, odd=number % 3 == 2)
                url = path if number % 3 == 2 else f"{path}?{hostile.query(dice)}"
                answers.look(everybody[name].get(url), f"{name} GET {url}")
    answers.are_fine(least=2400)


def test_odd_methods_and_bodies(known, everybody):
    dice, answers = random.Random(SEED + 1), Answers()
    with zeal_ignore():
        for route in hostile.routes():
            name = dice.choice(list(everybody))
            path = hostile.filled(route, known, dice, odd=False)
            method = dice.choice(METHODS)
            answers.look(everybody[name].generic(method, path), f"{name} {method} {path}")
            for what, kind, body in dice.sample(BODIES, 2):
                response = everybody[name].generic("POST", path, body, content_type=kind)
                answers.look(response, f"{name} POST {what} {path}")
    answers.are_fine(least=1200)


def test_tampered_forms(known, everybody):
    dice, answers = random.Random(SEED + 2), Answers()
    forms = _forms(known, everybody, dice)
    assert len(forms) > 100
    with zeal_ignore():
        for name, url, form in forms:
            for _again in range(2):
                cache.clear()
                sent = hostile.tampered(form.data(), dice)
                button = dice.choice([*form.buttons, ("save", "")])
                sent.setdefault(button[0], [button[1]])
                answers.look(_attempt(everybody[name], url, sent), f"{name} POST {url} {sent}")
    answers.are_fine(least=300)


def _forms(known, everybody, dice) -> list:
    """(who, where to, form) of the pages that somebody may open, each kind of page a few times."""
    found = []
    with zeal_ignore():
        for route in hostile.routes():
            for name in dice.sample(list(everybody), 3):
                path = hostile.filled(route, known, dice, odd=False)
                response = everybody[name].get(path)
                if response.streaming:
                    list(response)  # read to its end, which closes the file
                    continue
                if response.status_code != 200:
                    continue
                if not response.get("Content-Type", "").startswith("text/html"):
                    continue
                forms = [f for f in Page(response).forms if "logout" not in f.action]
                found += [(name, urljoin(path, f.action), f) for f in forms if f.values]
    return found


def _attempt(client: Client, url: str, sent: dict) -> HttpResponse:
    """Send it and take back what it did, so that the next one meets the same records."""
    with transaction.atomic():
        response = client.post(url, sent)
        transaction.set_rollback(True)
    return response
