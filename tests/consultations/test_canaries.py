"""Numbers of people planted through every form: none stands anywhere in clear afterwards."""

from __future__ import annotations

import io
import logging
import sqlite3
import zipfile
from pathlib import Path

import pytest
from django import forms
from django.contrib.admin.helpers import AdminForm
from django.core.management import call_command
from django.db import connection
from django.test import Client

from committees.models import Member, Seat, UnitContact, User
from committees.numbers import without_numbers
from config.logs import Masked
from consultations import forms as packages
from consultations.forms.fields import TextField
from tests.factories import a_case, a_county, task_at

ID = "53262219900307{:03}X"
TEXTS = "打{}找我"
# The list that draws it adds the rule to its boxes.
DRAWN_BY_LISTS = {"consultations.forms.wording.StageNameForm.name"}


def phones():
    """One number after the other, none twice."""
    yield from (f"138{n:08}" for n in range(60_000_001, 60_001_000))


class Planting:
    """A person at the forms, who writes a new number into each box and remembers it."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.supply = phones()
        self.planted: list[str] = []
        self.answers: list[str] = []

    def number(self) -> str:
        self.planted.append(next(self.supply))
        return self.planted[-1]

    def citizen_id(self) -> str:
        self.planted.append(ID.format(len(self.planted)))
        return self.planted[-1]

    def send(self, url: str, **given: str) -> None:
        """Each box of the page's forms that takes words gets a number or an id."""
        page = self.client.get(url)
        assert page.status_code == 200, url
        data = dict(given)
        for name in _boxes(page):
            if name not in given:
                text = self.number() if len(self.planted) % 2 else self.citizen_id()
                data[name] = TEXTS.format(text)
        self.client.post(url, data)


def _boxes(page) -> list[str]:
    """The names of the boxes for words, of every form on the page."""
    values = [value for part in page.context for level in part.dicts for value in level.values()]
    values += [value.form for value in values if isinstance(value, AdminForm)]
    values += [form for rows in values if isinstance(rows, forms.BaseFormSet) for form in rows]
    drawn = {id(form): form for form in values if isinstance(form, forms.BaseForm)}
    return [
        form.add_prefix(name)
        for form in drawn.values()
        for name, field in form.fields.items()
        if type(field) in (TextField, forms.CharField)
    ]


@pytest.fixture
def county(transactional_db):
    return a_county()


@pytest.mark.django_db(transaction=True)
def test_no_number_stands_in_clear_after_it_was_typed_into_every_form(county, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    case, task = a_case(county=county), task_at("handling", county=county)
    office, unit = Planting(county.office), Planting(county.officer)
    unit.supply = (f"139{n:08}" for n in range(60_000_001, 60_001_000))
    base, other = (
        f"/admin/consultations/case/{case.pk}/",
        f"/admin/consultations/case/{task.case.pk}/",
    )
    for url in (f"{base}edit/", f"{base}note/", f"{base}step/reject/", f"{base}step/withdraw/", f"{base}sides/",
                f"{base}public-text/", f"{base}figures/", f"{base}assign/", f"{base}supervisor/",
                f"{other}follow-up/", f"{other}rating/", "/admin/consultations/case/add/",
                "/admin/consultations/suggestion/add/", "/propose/?region=539921",
                f"{other}step/restrict/", "/admin/views/case/", "/admin/personal-data/"):  # fmt: skip
        office.send(url)
    for action in ("report_progress", "draft_reply", "request_return", "request_extension"):
        if unit.client.get(f"/my/tasks/{task.pk}/{action}/").status_code == 200:
            unit.send(f"/my/tasks/{task.pk}/{action}/")
    for url in (f"/admin/committees/handlingunit/{county.unit.pk}/change/",
                f"/admin/committees/studio/{county.studio.pk}/change/",
                f"/admin/committees/room/{county.room.pk}/change/"):  # fmt: skip
        office.send(url)
    kept = _where_they_belong(county, office)
    planted = office.planted + unit.planted
    assert len(planted) >= 50

    everywhere = _everything(caplog, tmp_path, office.client)
    seen = {number for number in planted for place in everywhere.values() if number in place}

    assert not seen, {n: [k for k, v in everywhere.items() if n in v] for n in seen}
    assert kept == {person.mobile for model in (Member, UnitContact, User)
                    for person in model.objects.all() if person.mobile}  # fmt: skip


def _where_they_belong(county, office: Planting) -> set[str]:
    """The boxes made for numbers: these are kept, sealed."""
    member = Member.objects.create(name="李望舒", mobile=office.number())
    Seat.objects.create(member=member, committee=county.committee)
    contact = UnitContact.objects.create(unit=county.unit, name="王科长", mobile=office.number())
    county.clerk.mobile = office.number()
    county.clerk.save()
    member.mobile = office.number()  # the one before stays in the versions
    member.save()
    why = {"why": "arrange", "words": "约时间"}
    office.client.post(f"/admin/phone/member/{member.pk}/", why)
    return {member.mobile, contact.mobile, county.clerk.mobile}


def _everything(caplog, tmp_path: Path, client: Client) -> dict[str, str]:
    """All that is kept or handed out, as text."""
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump, verbosity=0)
    export = client.post("/admin/consultations/case/", {"action": "export"})
    found = {"dump": dump.getvalue(), "log": "\n".join(map(Masked().format, caplog.records)),
             "export": _unpacked(b"".join(export.streaming_content))}  # fmt: skip
    if connection.vendor == "sqlite":
        found["database"] = _raw(tmp_path)
    return found


def _raw(tmp_path: Path) -> str:
    """Every byte of the database, what waits in its journal included."""
    copy = tmp_path / "copy.sqlite3"
    with sqlite3.connect(copy) as target:
        connection.connection.backup(target)
    raw = copy.read_bytes()
    name = Path(str(connection.settings_dict["NAME"]).removeprefix("file:").partition("?")[0])
    for path in (name, Path(f"{name}-wal")):
        raw += path.read_bytes() if path.is_file() else b""
    return raw.decode("utf-8", "ignore") + raw.decode("utf-16-le", "ignore")


def _unpacked(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        return "".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())


def test_every_box_for_words_refuses_numbers():
    """Who adds a form field of another kind for words has to say so here."""
    bare = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _forms(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if form.__module__.startswith(packages.__name__)
        and type(field) is forms.CharField
        and not field.widget.is_hidden
        and without_numbers not in field.validators
    }

    assert bare == DRAWN_BY_LISTS


def _forms(parent: type) -> set[type]:
    return {one for child in parent.__subclasses__() for one in (child, *_forms(child))}
