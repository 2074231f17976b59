"""What residents may send by mistake or malice: a message beside the box, and their words stay."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext as _

from consultations.models import Suggestion
from tests.journeys import way
from tests.journeys.visitors import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

GOOD = {"title": way.TITLE, "problem": way.PROBLEM, "place": "东沟", "consent": True}


@pytest.fixture
def resident(town) -> Visitor:
    """A resident before the empty form of the county."""
    visitor = Visitor()
    visitor.open(f"/propose/?region={town.county.region.code}")
    return visitor


@pytest.mark.parametrize(
    ("box", "typed"),
    [
        ("title", ""),
        ("title", "渠" * 61),
        ("problem", ""),
        ("problem", "水" * 2001),
        ("problem", "请联系我，电话13800138000。"),
        ("problem", "身份证号53260119900101123X"),
        ("place", "沟" * 61),
        ("wish", "请打０８７６－２１２３４５６"),
        ("consent", False),
    ],
)
def test_a_mistake_is_told_beside_its_box_and_nothing_typed_is_lost(resident, box, typed):
    page = resident.send(**GOOD | {box: typed})

    assert (page.status, page.path) == (200, "/propose/")
    assert page.error_of(box)
    for name, value in (GOOD | {box: typed}).items():
        if isinstance(value, str):
            assert page.typed(name) == value
    assert not Suggestion.objects.exists()


def test_after_the_mistake_is_mended_the_same_form_goes_through(resident):
    resident.send(**GOOD | {"title": "渠" * 61})

    page = resident.send(title=way.TITLE)

    assert page.path == "/propose/done/", page.text
    assert Suggestion.objects.get().problem.replace("\r\n", "\n") == way.PROBLEM


def test_the_same_form_sent_twice_is_one_suggestion(resident):
    form = resident.page.form("title")
    for name, value in GOOD.items():
        form.put(name, value)

    for _again in range(2):
        resident.post("/propose/", form.data())

    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize("code", ["999999", "53", "5399210", "abc", "-1", "9" * 40, "53'--"])
def test_an_unknown_place_leads_back_to_choosing_one(resident, code):
    form = resident.page.form("title")
    page = resident.post("/propose/", form.data() | GOOD | {"region": code, "consent": "on"})

    assert page.status == 200
    assert page.has_link("?region=5399") or page.error_of("region")
    assert not Suggestion.objects.exists()


def test_a_place_of_another_county_is_taken_for_that_county_or_refused(resident, elsewhere):
    there = elsewhere.county.township.code
    form = resident.page.form("title")

    page = resident.post("/propose/", form.data() | GOOD | {"region": there, "consent": "on"})

    assert page.status == 200
    for sent in Suggestion.objects.all():
        assert sent.region_id == there


@pytest.mark.parametrize("code", ["", "ABC", "ABCD-EFG", "ABCD 0O1I", "É" * 8, "A" * 500])
def test_a_code_that_cannot_be_one_is_told_beside_the_box(town, code):
    visitor = Visitor()
    visitor.open("/track/")

    page = visitor.send(code=code)

    assert page.status == 200
    assert page.error_of("code")
    assert page.typed("code") == code


def test_an_unknown_code_is_told_and_a_known_one_is_found_however_it_is_typed(town):
    resident, code = way.suggest(town)
    letters = code.replace(" ", "")
    other = letters[::-1] if letters[::-1] != letters else "ABCDEFGH"

    resident.open("/track/")
    assert _("There is no such code. Please check each letter.") in resident.send(
        code=other
    ).error_of("code")
    for typed in (letters.lower(), f" {letters[:4]}-{letters[4:]} "):
        resident.open("/track/")
        assert way.TITLE in resident.send(code=typed).text


@pytest.mark.parametrize(
    "query",
    [
        "region=99&field=none&year=abc&stage=zzz&source=1&campaign=?",
        "year=99999999999999999999&after=garbage",
        "after=1~2~3&before=" + "9" * 300,
        "q=" + "水" * 400,
        "q=%25_%27%22%29%3B--",
        "studio=../../etc&unknown=1&region=5399&region=5301",
    ],
)
def test_a_tampered_list_address_is_answered(town, query):
    page = Visitor().open(f"/cases/?{query}")

    assert page.status in (200, 400, 404)
    assert page.text


@pytest.mark.parametrize(
    "address",
    ["/cases/0/", "/cases/99999999999999999999/", "/cases/abc/", "/studios/none/",
     "/committees/999999/", "/reports/none/", "/propose/?about=99999999999999999999999",
     "/propose/?region=abc", "/units/1234567/"],
)  # fmt: skip
def test_a_guessed_address_is_a_page_that_says_so(town, address):
    page = Visitor().open(address)

    assert page.status in (200, 404)
    assert page.has_link("/cases/")


@pytest.mark.parametrize("box", ["title", "code"])
def test_a_null_character_is_refused_before_anything_else(town, box):
    visitor = Visitor()
    visitor.open("/track/" if box == "code" else f"/propose/?region={town.county.region.code}")

    page = visitor.post(visitor.page.path, {box: "a\x00b"})

    assert page.status == 400
    assert page.text


def test_another_alphabet_in_the_header_is_refused_politely(town):
    visitor = Visitor()
    visitor.open("/track/")

    answer = visitor.client.post(
        "/track/", data=b"code=%41", content_type="application/x-www-form-urlencoded; charset=utf-7"
    )

    assert answer.status_code == 400


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(town):
    visitor = Visitor()
    visitor.open("/account/login/")

    page = visitor.send(username=town.county.office.username, password="wrong")

    assert page.status == 200
    assert page.complaints or page.error_of("username") or "errornote" in str(page.root)
    assert page.typed("username") == town.county.office.username
