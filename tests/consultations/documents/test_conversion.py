"""The Word draft of what a case is turned into: its facts, what stayed open, the page of a paper."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from docx.oxml.ns import qn

from committees.models import AuditEntry
from consultations.documents.conversion import write_draft
from consultations.documents.layout import Paper
from consultations.models import OutcomeMetric, Statement
from consultations.services import supervision
from tests.factories import case_at, walk_task

pytestmark = pytest.mark.django_db


def turned(case, *, by, **fields):
    case.refresh_from_db()
    values = {"kind": "proposal", "title": "关于整修支渠的提案", "item": None, "body": "",
              "sent_to": "", "converted_on": "2026-11-02"}  # fmt: skip
    return supervision.convert_more(case, by=by, version=case.version, **values | fields)


@pytest.fixture
def case(county):
    case = case_at("handling", county=county, items=[{"units": (county.unit,)}] * 2)
    first, _second = case.tasks.order_by("pk")
    walk_task(first, "answered", county=county)
    OutcomeMetric.objects.create(case=case, name="灌溉面积", before=120, after=300.5, unit="亩")
    speaker = case.meetings.get().participants.filter(side__isnull=False).first()
    Statement.objects.create(
        meeting=case.meetings.get(), kind="dissent", text="不赞成封渠的日期。", speaker=speaker
    )
    return case


def read(made) -> Document:
    out = io.BytesIO()
    write_draft(out, made=made)
    out.seek(0)
    return Document(out)


def lines_of(document) -> list[str]:
    return [p.text for p in document.paragraphs if p.text]


def test_the_facts_stand_in_it_and_so_does_what_stayed_open(case, county):
    first, second = case.items.order_by("number")
    told = lines_of(read(turned(case, by=county.office)))
    text = "\n".join(told)
    assert told[0] == "关于整修支渠的提案"
    assert case.code in told[1]
    assert case.problem in text
    assert f"1. {first.text}" in told
    assert f"2. {second.text}" in told
    assert any(case.tasks.first().title in line and "县水务局" in line for line in told)
    assert "灌溉面积：" in text
    assert "120亩" in text
    assert "300.5亩" in text
    side = case.sides.filter(participants__statements__kind="dissent").get()
    assert f"{side}：不赞成封渠的日期。" in told
    assert [line[0] for line in told if line[1:2] == "、"] == list("一二三四五六七八")
    assert str(case.committee) in told[-2:]


def test_of_one_item_only_its_tasks_are_told(case, county):
    first, second = case.items.order_by("number")
    other = second.tasks.get()
    type(other).objects.filter(pk=other.pk).update(title="只有第二条里的任务")
    text = "\n".join(lines_of(read(turned(case, by=county.office, item=first))))
    assert "只有第二条里的任务" not in text
    assert first.tasks.get().title in text


def test_a_resident_is_not_named_and_advice_is_left_to_be_written(case, county):
    people = case.meetings.get().participants
    person = people.filter(member=None).first()
    type(person).objects.filter(pk=person.pk).update(name="周小河")
    made = turned(case, by=county.office)
    assert "周小河" not in "\n".join(lines_of(read(made)))
    type(made).objects.filter(pk=made.pk).update(body="建议列入年度计划。\x0b请研究。")
    made.refresh_from_db()
    assert "建议列入年度计划。" in "\n".join(lines_of(read(made)))


def test_the_page_is_that_of_an_official_paper(case, county):
    document = read(turned(case, by=county.office))
    page = document.sections[0]
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    body = document.paragraphs[2]
    assert body.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    assert body.runs[0].font.size.pt == 16
    assert body.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert "PAGE" in page.footer._element.xml
    about = document.core_properties
    assert (about.author, about.comments, about.language) == ("", "", "zh-CN")


@pytest.mark.parametrize(
    "text",
    ["\x00\x1f坏字符", "\ud800", "第一行\n第二行", "", "长" * 8000],
    ids=["control", "surrogate", "two lines", "nothing", "long"],
)
def test_any_text_can_be_written(text):
    paper = Paper(title=text)
    paper.heading(text)
    paper.line(text)
    out = io.BytesIO()
    paper.save(out)
    assert lines_of(Document(io.BytesIO(out.getvalue()))) or not text.strip("\x00\x1f\ud800")


def test_more_tasks_cost_no_more(case, county):
    made = turned(case, by=county.office)
    with CaptureQueriesContext(
        connection,
    ) as few:
        write_draft(io.BytesIO(), made=made)
    for task in list(case.tasks.all()):
        for n in range(3):
            type(task).objects.create(case=case, item=task.item, title=f"再一件{n}", number=10 + n,
                                      unit=task.unit, state="handling")  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        write_draft(io.BytesIO(), made=made)
    assert len(many) == len(few)


def test_the_office_saves_it_and_the_auditor_is_told(case, county, client):
    made = turned(case, by=county.office)
    client.force_login(county.office)
    answer = client.get(f"/admin/consultations/case/{case.pk}/conversion/{made.pk}/draft/")
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert lines_of(Document(io.BytesIO(b"".join(answer.streaming_content))))[0] == made.title
    assert AuditEntry.objects.filter(kind="exported", about=f"conversion:{made.pk}").exists()
