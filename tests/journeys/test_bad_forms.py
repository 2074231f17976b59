"""Topics, files, ratings, records and grids with mistakes: told beside the box, nothing is lost."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from consultations.models import Attachment, Case, Participant, Rating, Task
from tests.journeys import way
from tests.journeys.office import part_of, standing, take
from tests.journeys.pages import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def wrong(case: Case, part: str, by, *, box: str, sent: dict) -> Page:
    """Something wrong is sent in one of the forms: told beside the box, kept, nothing written."""
    before = standing(case)
    by.open(part_of(case, part))
    page = by.send("save", **{name.replace("-", "__"): value for name, value in sent.items()})
    assert (page.status, page.path) == (200, part_of(case, part))
    assert page.error_of(box), f"{box}={sent.get(box)!r}: {page.complaints}"
    for name, value in sent.items():
        if isinstance(value, str):
            assert page.typed(name) == value
    assert standing(case) == before
    return page


# --- logging a topic ----------------------------------------------------------------------------

TOPIC = {"title": way.TITLE, "problem": way.PROBLEM, "region": "柳树村", "source": "residents"}


def test_a_topic(town, elsewhere):
    mistakes = [
        ("title", ""),
        ("title", "渠" * 61),
        ("problem", "水" * 4001),
        ("region", "没有这个地方"),
        ("region", "（999999）"),
        ("region", elsewhere.county.village.code),
        ("source", ""),
        ("studio", "别处的工作室"),
        ("sides", "很长的一方" * 10),
    ]
    for box, typed in mistakes:
        town.clerk.open("/admin/consultations/case/add/")
        page = town.clerk.send("save", **TOPIC | {box: typed})

        assert page.status == 200
        assert page.error_of(box), f"{box}={typed[:20]!r}: {page.complaints}"
        for name, value in (TOPIC | {box: typed}).items():
            assert page.typed(name) == value
    assert not Case.objects.exists()


# --- files, ratings -----------------------------------------------------------------------------


@pytest.fixture
def proposed(town) -> Case:
    case = way.log(town)
    take(case, "submit", town.clerk)
    return case


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind)
    return out.getvalue()


def test_a_wrong_file_is_refused_beside_its_box(town, proposed):
    files = [
        ("签到.pdf", b"MZ\x90\x00 this is a program"),
        ("签到.jpg", b"<html><script>alert(1)</script></html>"),
        ("签到.jpg", picture("PNG")),
        ("签到.png", picture("PNG")[:40]),
        ("签到.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("签到.docx", b"PK\x03\x04 not a document"),
        ("签到.pdf", b""),
        ("签到", b"%PDF-1.7"),
    ]
    for name, content in files:
        sent = {"title": "签到表", "kind": "scan", "file": SimpleUploadedFile(name, content)}
        wrong(proposed, "file/", town.clerk, box="file", sent=sent)
    wrong(proposed, "file/", town.clerk, box="file", sent={"title": "签到表", "kind": "scan"})
    assert not Attachment.objects.exists()


def test_a_rating(town):
    case = way.new_case_in_handling(town)
    way.finish(town, way.task_of(case))
    way.finish(town, way.task_of(case, 2), officer=town.other_officer, leader=town.other_leader)
    way.publish(town, case)
    take(case, "open_rating", town.office)
    good = {"rater": "affected", "channel": "paper", "result": "satisfied", "count": "9"}
    mistakes = [
        ("count", "0"),
        ("count", "九"),
        ("count", "9" * 12),
        ("rater", ""),
        ("collected_on", way.day(1)),
        ("reason", "因" * 301),
    ]

    for box, typed in mistakes:
        wrong(case, "rating/", town.clerk, box=box, sent=good | {box: typed})
    wrong(case, "rating/", town.clerk, box="reason", sent=good | {"result": "dissatisfied"})
    assert not Rating.objects.exists()


# --- the record of the meeting ------------------------------------------------------------------


@pytest.fixture
def called(town) -> Case:
    case = way.log(town)
    way.to_research(town, case)
    way.call(town, case)
    return case


def test_rows_of_the_record_of_a_meeting(town, elsewhere, called):
    part = f"meeting/{called.meetings.get().pk}/"
    host = {"p-0-name": "李明", "p-0-capacity": "host"}
    said = {"s-0-speaker": "王五", "s-0-text": "先修最大的一处。"}

    wrong(called, part, town.clerk, box="s-0-speaker", sent=host | said)
    wrong(called, part, town.clerk, box="p-0-count", sent=host | {"p-0-count": "0"})
    wrong(called, part, town.clerk, box="p-0-capacity", sent={"p-0-name": "李明"})
    wrong(called, part, town.clerk, box="head_count", sent=host | {"head_count": "十二"})

    foreign = way.log(elsewhere).sides.order_by("pk").values_list("pk", flat=True)[0]
    town.clerk.open(part_of(called, part))
    data = town.clerk.page.form("p-0-name").data("save")
    page = town.clerk.post(part_of(called, part), data | host | {"p-0-side": str(foreign)})
    assert page.error_of("p-0-side")
    assert not Participant.objects.exists()


def test_a_broken_list_of_names_is_told_line_by_line(town, called):
    town.clerk.open(part_of(called, f"meeting/{called.meetings.get().pk}/"))
    pasted = "李明，政协委员\n张三，宇航员，县航天局\n，，"

    page = town.clerk.send("paste", pasted=pasted)

    told = _("Line %(number)s: the capacity “%(what)s” is not in the list.")
    assert page.status == 200
    assert told % {"number": 2, "what": "宇航员"} in page.text
    assert page.typed("pasted") == pasted
    assert not Participant.objects.exists()


# --- the grid -----------------------------------------------------------------------------------


@pytest.fixture
def deliberated(town) -> Case:
    case = way.log(town)
    way.to_research(town, case)
    way.to_agreement(town, case)
    return case


def test_a_broken_paste_is_told_in_its_rows_and_the_grid_stays(town, deliberated):
    town.clerk.open(part_of(deliberated, "outcome/"))
    text = deliberated.items.get().text
    pasted = f"{text}\t修坝口\t没有这个局\t长期\n\t清沟\t县水务局\t2月30日\n新的一条\t\t\t"

    page = town.clerk.send("paste", pasted=pasted, i__0__funds="县里出")

    for box in ("i-0-t-0-unit", "i-0-t-0-due_on", "i-0-t-1-due_on", "i-1-text"):
        assert page.error_of(box), box
    assert page.typed("i-0-t-0-unit") == "没有这个局"
    assert page.typed("pasted") == pasted
    assert page.typed("i-0-funds") == "县里出"
    assert not Task.objects.exists()


def test_cells_of_the_grid(town, deliberated):
    good = {"i-0-t-0-title": "修坝口", "i-0-t-0-unit": town.county.unit.name}
    mistakes = [
        ("i-0-t-0-unit", "没有这个局"),
        ("i-0-t-0-unit", "县"),
        ("i-0-t-0-due_on", "六月底"),
        ("i-0-t-0-weight", "0"),
        ("i-0-t-0-title", "修" * 121),
        ("i-0-owner", "人" * 61),
    ]

    for box, typed in mistakes:
        wrong(deliberated, "outcome/", town.clerk, box=box, sent=good | {box: typed})
    assert not Task.objects.exists()


def test_a_tampered_grid_is_no_error_of_the_server(town, deliberated):
    town.clerk.open(part_of(deliberated, "outcome/"))
    data = town.clerk.page.form("i-TOTAL_FORMS").data("save")
    del data["one_time_key"]  # with it, a second body is refused before it is read
    for name in ("i-TOTAL_FORMS", "i-0-t-TOTAL_FORMS", "i-INITIAL_FORMS", "i-0-id"):
        for value in ("abc", "-1", "99999", "", "9" * 30):
            page = town.clerk.post(part_of(deliberated, "outcome/"), data | {name: value})

            assert page.status == 200, f"{name}={value}"
            assert deliberated.items.count() == 1


def test_a_row_of_another_case_is_not_touched(town, deliberated):
    other = way.log(town)
    way.to_research(town, other)
    way.to_agreement(town, other)
    foreign = other.items.get()
    before = standing(other)
    town.clerk.open(part_of(deliberated, "outcome/"))
    data = town.clerk.page.form("i-TOTAL_FORMS").data("save")
    data |= {"i-0-id": [str(foreign.pk)], "i-0-funds": ["改"], "i-0-text": ["改"]}

    page = town.clerk.post(part_of(deliberated, "outcome/"), data)

    assert page.status == 200
    foreign.refresh_from_db()
    assert (foreign.funds, foreign.text) == ("", "修好东沟三处渗水")
    assert standing(other) == before
