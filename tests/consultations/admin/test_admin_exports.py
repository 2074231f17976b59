"""A list leaves as a spreadsheet: the filtered rows, as text, with a line in the audit log."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from committees.models import AuditEntry
from consultations.exchange import sheets
from consultations.models import Case, StageName, Task
from consultations.services import suggestions
from tests.consultations.admin.sheet_cells import cells
from tests.factories import a_case, a_county, case_at, task_at

pytestmark = pytest.mark.django_db
CASES = "/admin/consultations/case/"
LIGHT = 8  # its column in the list of tasks
TASKS = "/admin/consultations/task/"
INBOX = "/admin/consultations/suggestion/"


def export(client, url, *rows, **data):
    sent = {"action": "export", "_selected_action": [row.pk for row in rows], **data}
    response = client.post(url, sent)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def column(content: bytes, place: int) -> list[str]:
    return [row[place] for row in cells(content)[1:]]


def test_the_list_leaves_as_it_is_filtered(county, enter):
    draft, proposed = a_case(county=county), case_at("proposed", county=county)
    foreign = a_case(county=a_county("539922", name="白塔县"))
    client = enter(county.office)
    assert set(column(export(client, CASES), 0)) == {draft.code, proposed.code}
    assert column(export(client, CASES + "?stage=proposed"), 0) == [proposed.code]
    assert column(export(client, CASES, draft), 0) == [draft.code]
    assert column(export(client, CASES, draft, select_across="1"), 0) == [proposed.code, draft.code]
    assert cells(export(client, CASES, foreign)) == cells(export(client, CASES, foreign))[:1]


def test_a_task_that_was_not_handed_over_has_no_light_in_the_file_either(county, enter):
    case = case_at("filing", county=county)
    lights = column(export(enter(county.office), TASKS), LIGHT)
    assert lights == [""] * Task.objects.filter(item__case=case).count()
    assert lights


def test_columns_are_as_wide_as_what_stands_in_them():
    out = io.BytesIO()
    columns = [("事", lambda row: row), ("n", lambda row: ""), ("x", lambda row: row * 99)]
    sheets.write_sheet(out, name="表", columns=columns, records=["柳坝村候车没有遮雨的地方"])
    with zipfile.ZipFile(out) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    found = [round(float(width)) for width in re.findall(r'<col [^>]*width="([0-9.]+)"', sheet)]
    assert found == [27, sheets.NARROWEST + 1, sheets.WIDEST + 1]


def test_an_upper_office_takes_out_no_sensitive_case(county, enter):
    plain = a_case(county=county)
    a_case(county=county, title="敏感的事", sensitivity="sensitive")
    above = enter(county.people["prefecture_office"])
    assert column(export(above, CASES), 0) == [plain.code]


def test_tasks_and_suggestions_leave_too(county, enter):
    task = task_at("handling", county=county)
    raised = suggestions.receive(
        title="路灯", problem="暗", region=county.village, form_token="t", place="三组"
    )
    client = enter(county.office)
    assert column(export(client, TASKS), 4) == [task.title]
    content = export(client, INBOX)
    assert column(content, 0) == ["路灯"]
    assert raised.query_code not in str(cells(content))
    assert column(export(enter(county.officer), TASKS), 4) == [task.title]
    assert cells(export(enter(county.other_officer), TASKS))[1:] == []


@pytest.mark.parametrize("typed", [
    '=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "＝1+1", " =1+1", "\u200b=1+1",
    "|calc", "%0A=1", "=cmd|' /C calc'!A0",
])  # fmt: skip
def test_nothing_typed_becomes_a_formula(county, enter, typed):
    case = a_case(county=county)
    Case.objects.filter(pk=case.pk).update(title=typed)
    content = export(enter(county.office), CASES)
    assert column(content, 1) == [typed]  # and `cells` has seen that it is text
    assert sheets.RISKY.match(typed)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        styles = package.read("xl/styles.xml").decode()
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    quoted = re.findall(r"<xf [^>]*>", styles.split("<cellXfs")[1])
    (style,) = re.findall(r'r="B2" s="(\d+)"', sheet)
    assert 'quotePrefix="1"' in quoted[int(style)]


def test_control_characters_and_long_texts_break_nothing(county, enter):
    case = a_case(county=county)
    Case.objects.filter(pk=case.pk).update(title="一\x0b二\x1f三<&>")
    assert len(cells(export(enter(county.office), CASES))) == 2
    assert len(sheets.as_text("长" * 50_000)) == 32_000


def test_what_is_not_real_says_so(enter):
    county = a_county("539951", name="演示县", is_demo=True)
    case = a_case(county=county)
    assert case.is_demo
    row = cells(export(enter(county.office), CASES))[1]
    assert row[2]
    real = a_county()
    a_case(county=real)
    assert cells(export(enter(real.office), CASES))[1][2] == ""


def test_the_stage_is_called_as_the_place_calls_it(county, enter):
    case_at("proposed", county=county)
    StageName.objects.create(region=county.region, stage="proposed", name="等着审")
    assert column(export(enter(county.office), CASES), 3) == ["等着审"]
    task_at("handling", county=county)
    StageName.objects.create(region=county.region, kind="task", stage="handling", name="正在办")
    assert column(export(enter(county.office), TASKS), 7) == ["正在办"]


def test_who_took_what_stands_in_the_audit_log(county, enter):
    case = a_case(county=county)
    client = enter(county.office)
    export(client, CASES + "?stage=draft&q=" + case.title)
    export(client, CASES, case)
    whole, ticked = AuditEntry.objects.filter(kind="exported").order_by("pk")
    assert (whole.actor, whole.about) == (county.office, "list:case")
    assert json.loads(whole.facts) == {
        "rows": 1, "cut_off": False, "ticked": None, "filter": {"stage": "draft"},
        "searched": True,
    }  # fmt: skip
    assert json.loads(ticked.facts)["ticked"] == 1
    assert case.title not in whole.facts


def test_who_is_no_staff_exports_nothing(county, enter):
    a_case(county=county)
    response = enter(county.member).post(CASES, {"action": "export"})
    assert response.status_code == 302
    assert not AuditEntry.objects.filter(kind="exported").exists()
    asked = enter(county.office).get(CASES + "?action=export")  # a link takes nothing out
    assert "spreadsheet" not in asked["Content-Type"]


def test_the_bound_is_kept_and_said(county, enter, monkeypatch):
    for number in range(3):
        a_case(county=county, title=f"事{number}")
    out = io.BytesIO()
    told = sheets.write_sheet(
        out, name="x", columns=[("题目", str)], records=iter(["一", "二", "三"]), most=2
    )
    assert told == (2, True)
    assert cells(out.getvalue()) == [["题目"], ["一"], ["二"]]


@pytest.mark.parametrize("url", [CASES, TASKS])
def test_an_export_costs_the_same_queries_for_one_row_and_three(
    county, enter, url, django_assert_max_num_queries
):
    task_at("handling", county=county)
    client = enter(county.office)
    export(client, url)
    with django_assert_max_num_queries(30) as one:
        export(client, url)
    for number in range(2):
        task_at("handling", county=county, title=f"又一件事{number}")
    with django_assert_max_num_queries(30) as three:
        assert len(cells(export(client, url))) == 4
    assert len(three) == len(one)


def test_the_file_is_not_kept_by_anybody_and_named_after_the_list(county, enter):
    a_case(county=county)
    response = enter(county.office).post(CASES, {"action": "export"})
    assert b"".join(response.streaming_content)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment;")
    assert ".xlsx" in response["Content-Disposition"]
