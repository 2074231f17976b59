"""A plan pasted into the outcome grid: read, shown with what is wrong in each row, then saved."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.models import HandlingUnit, Parameter
from consultations import calendar
from consultations.forms.pasting import not_placed
from consultations.models import AgreedItem, Task
from tests.consultations.admin.test_admin_outcome import DUE, a_task, an_item, grid
from tests.factories import case_at, task_at
from tests.journeys.pages import Page
from tests.public_cases import a_field

THIS_YEAR = timezone.localdate().year
HEADED = "序号\t共识事项\t工作任务\t牵头单位\t配合单位\t完成时限\t成果形式\t备注\n"


@pytest.fixture
def case(county):
    return case_at("scheduled", county=county)


@pytest.fixture
def units(county):
    """The directory of the county, each unit with its remit."""
    remits = {"县水务局": "农村供水、灌溉渠系、河道", "县住房和城乡建设局": "城镇道路、排水、路灯",
              "县农业农村局": "土地流转、畜禽养殖", "县财政局": "预算、资金"}  # fmt: skip
    for place, (name, remit) in enumerate(remits.items()):
        HandlingUnit.objects.update_or_create(
            name=name,
            region=county.region,
            defaults={"remit": remit},
            create_defaults={"remit": remit, "code": f"plan-{place}", "kind": "government"},
        )


@pytest.fixture
def paste(county, enter, record, case, units):
    """paste(text, *rows that stand in the grid): the page that answers."""
    client = enter(county.clerk)

    def pasted(text: str, *items, **more):
        data = grid(*(items or [{"text": ""}]), version=case.version, press="paste",
                    pasted=text, **more)  # fmt: skip
        answer = client.post(record(case, "outcome"), data)
        assert answer.status_code == 200
        return answer

    pasted.client, pasted.url = client, record(case, "outcome")
    return pasted


def rows(answer) -> list[tuple[str, ...]]:
    """item, then title, unit, role, due of each filled task of the page."""
    names = ("title", "unit", "role", "due_on")
    return [
        (item["text"].value() or "", *(task[name].value() for name in names))
        for item in answer.context["form"].items.forms
        for task in item.tasks.forms
        if task["title"].value() or task["unit"].value()
    ]


def row(answer, item: int = 0, task: int = 0):
    return answer.context["form"].items.forms[item].tasks.forms[task]


def test_the_sheet_of_the_county_becomes_items_and_tasks(paste, case):
    text = HEADED + (
        '1\t"修复\n东沟"\t清"东"沟\t县水务局\t"县交通运输局\n县财政局"\t2026/12/31\t通水\t急\n'
        "\t\t清西沟\t县水务局\t\t2026年12月31日\t\t\n"
        "2\t让水\t立约\t县农业农村局\t\t２０２６．１２．３１\t公约一份\t\n"
    ).replace("2026", str(THIS_YEAR + 1)).replace("２０２６", str(THIS_YEAR + 1))
    answer, due = paste(text), f"{THIS_YEAR + 1}-12-31"
    assert rows(answer) == [
        ("修复 东沟", '清"东"沟', "县水务局", "lead", due),
        ("修复 东沟", '清"东"沟', "县交通运输局", "assist", due),
        ("修复 东沟", '清"东"沟', "县财政局", "assist", due),
        ("修复 东沟", "清西沟", "县水务局", "sole", due),
        ("让水", "立约", "县农业农村局", "sole", due),
    ]
    assert row(answer)["expected"].value() == "通水"
    assert answer.context["filled"].plan.unread == ["备注"]
    assert AgreedItem.objects.count() == 0
    form = Page(answer).form("i-0-text")
    assert paste.client.post(paste.url, form.data("save")).status_code == 302
    assert list(case.items.order_by("number").values_list("text", flat=True)) == [
        "修复 东沟", "让水",
    ]  # fmt: skip
    first = Task.objects.order_by("pk").first()
    assert (first.expected, first.due_on.isoformat()) == ("通水", due)
    assert {task.lead for task in Task.objects.filter(role="assist")} == {first}


def test_four_columns_without_headings_are_read_as_before(paste):
    text = (
        f"清淤\t清东沟\t县水务局\t{DUE}\n\t清西沟\t县水务局\t{THIS_YEAR + 1}年12月1日\n让水\t\t\t\n"
    )
    answer = paste(text)
    assert rows(answer) == [
        ("清淤", "清东沟", "县水务局", "sole", DUE),
        ("清淤", "清西沟", "县水务局", "sole", f"{THIS_YEAR + 1}-12-01"),
    ]
    assert answer.context["form"].items.forms[1]["text"].value() == "让水"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (f"甲\t乙\t县水务局\t县财政局\t{DUE}\t报告", "sole assists due expected"),
        (f"甲\t乙\t县水务局\t\t{DUE}", "due"),
        (f"甲\t乙\t县水务局\t{DUE}\t报告", "due expected"),
        (f"1\t甲\t乙\t县水务局\t{DUE}\n二、\t丙\t丁\t县水务局\t{DUE}", "due"),
        (f"关于东沟的计划\n共识事项\t任务\t单位\t时限\n甲\t乙\t县水务局\t{DUE}", "due"),
        (f"共识事项\t责任单位\t完成时限（年月日）\n甲\t县水务局\t{DUE}", "due"),
    ],
)
def test_the_columns_are_found_by_heading_or_by_place(paste, text, columns):
    answer = paste(text)
    first = row(answer)
    assert (first["unit"].value(), first["due_on"].value()) == ("县水务局", DUE)
    assert first["title"].value() in ("乙", "甲")
    assert (first["expected"].value() or "") == ("报告" if "expected" in columns else "")
    assert len(rows(answer)) == (2 if "assists" in columns or "丙" in text else 1)
    assert answer.context["form"].error_count == 0


@pytest.mark.parametrize(
    ("written", "day"),
    [("年底", "12-31"), ("年底前", "12-31"), ("12月31日前", "12-31"), ("12月底", "12-31"),
     ("{next}年底", "{next}-12-31"), ("{next}年6月底前", "{next}-06-30"),
     ("{next}.6", "{next}-06-30"), ("明年上半年", "{next}-06-30"), ("明年六月底", "{next}-06-30"),
     ("十二月三十一日前", "12-31")],
)  # fmt: skip
def test_a_day_that_is_only_roughly_written_is_read_and_marked(paste, written, day):
    following = str(THIS_YEAR + 1)
    written, day = written.format(next=following), day.format(next=following)
    first = row(paste(f"甲\t乙\t县水务局\t{written}"))
    assert first["due_on"].value() == (day if len(day) > 5 else f"{THIS_YEAR}-{day}")
    exact = "31日" in written or "三十一日" in written
    assert (first.is_advised, bool(first.notes)) == (not exact, not exact)
    assert exact or written in first.notes[0]


def test_an_empty_day_is_proposed_by_the_rules_of_the_place(county, paste, case):
    Parameter.objects.create(region=county.region, key="reply_months", value=2,
                             effective_from=dt.date(2020, 1, 1))  # fmt: skip
    answer = paste("甲\t乙\t县水务局\t县财政局\t\t")
    start = calendar.add_working_days(timezone.localdate(), 15)
    due = calendar.add_months(start, 2).isoformat()
    opinion = calendar.add_months(start, 1).isoformat()
    assert [line[-1] for line in rows(answer)] == [due, opinion]
    assert row(answer).is_advised
    page = Page(answer)
    again = paste.client.post(paste.url, page.form("i-0-text").data("more=i"))
    assert row(again).is_advised  # until it is saved
    form = Page(again).form("i-0-text")
    assert paste.client.post(paste.url, form.data("save")).status_code == 302
    assert [task.due_on.isoformat() for task in Task.objects.order_by("number")] == [due, opinion]
    shown = paste.client.get(paste.url).context["form"]
    assert not shown.items.forms[0].tasks.forms[0].is_advised


def test_every_wrong_cell_is_told_in_its_row_and_nothing_is_lost(paste):
    text = (
        "清淤\t清东沟\t县水电局\t\t长期坚持\t通水\n"
        "\t清西沟\t县水务局\t\t2月30日\t\n"
        "\t\t县水务局\t\t\t\n"
        f"\t{'长' * 121}\t县水务局\t\t2001-01-01\t{'宽' * 201}\n"
    )
    answer = paste(text, an_item(1, [a_task("已填")]))
    page, form = Page(answer), answer.context["form"]
    wrong = [set(task.errors) for task in form.items.forms[1].tasks.forms]
    assert wrong == [{"unit", "due_on"}, {"due_on"}, {"title"}, {"title", "due_on", "expected"}]
    assert "长期坚持" in page.error_of("i-1-t-0-due_on")
    assert page.typed("i-1-t-0-due_on") == "长期坚持"
    assert 'type="text" name="i-1-t-0-due_on"' in answer.content.decode()
    assert page.typed("i-1-t-0-unit") == "县水电局"
    assert page.typed("i-0-t-0-title") == "已填"
    assert page.typed("pasted").strip() == text.strip()
    assert AgreedItem.objects.count() == 0


def test_a_plan_that_was_not_put_into_the_grid_is_not_lost_by_saving(paste):
    plan = f"甲\t乙\t县水务局\t{DUE}"
    form = Page(paste.client.get(paste.url)).form("pasted")
    answer = paste.client.post(paste.url, form.data("save") | {"pasted": plan})

    assert Page(answer).typed("pasted").strip() == plan
    assert answer.context["errors"] == [not_placed()]
    for press in ("more=i", "split"):
        kept = Page(paste.client.post(paste.url, form.data(press) | {"pasted": plan}))
        assert kept.typed("pasted").strip() == plan, press
    assert AgreedItem.objects.count() == 0


def test_a_plan_corrected_in_the_grid_is_saved_with_the_text_still_in_its_box(paste):
    page = Page(paste(f"甲\t乙\t县水电局\t{DUE}"))
    assert page.typed("pasted")
    again = page.form("i-0-text").data("save") | {"i-0-t-0-unit": "县水务局"}

    assert paste.client.post(paste.url, again).status_code == 302
    assert AgreedItem.objects.get().text == "甲"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("县水电局", "县水务局"), ("住建局", "县住房和城乡建设局"), ("农业局", "县农业农村局"),
     ("县交通局", "县交通运输局")],
)  # fmt: skip
def test_an_unknown_unit_offers_the_nearest_and_one_press_takes_it(paste, written, meant):
    answer = paste(f"甲\t乙\t{written}\t{DUE}")
    page = Page(answer)
    assert page.error_of("i-0-t-0-unit")
    assert row(answer).offers[0].value == meant
    form = page.form("i-0-text")
    taken = Page(paste.client.post(paste.url, form.data(f"take=i-0-t-0-unit={meant}")))
    assert taken.typed("i-0-t-0-unit") == meant
    assert taken.typed("i-0-t-0-title") == "乙"
    assert paste.client.post(paste.url, taken.form("i-0-text").data("save")).status_code == 302
    assert Task.objects.get().unit.name == meant


def test_a_unit_is_proposed_by_remit_and_never_chosen_by_itself(paste, case):
    text = f"东沟\t疏通灌溉渠系\t\t{DUE}\n\t补贴资金\t\t{DUE}\n\t写信致谢\t\t{DUE}\n"
    answer = paste(text)
    assert [line[2] for line in rows(answer)] == ["", "", ""]
    first, second, third = (row(answer, task=n) for n in range(3))
    assert [(o.value, o.is_clear) for o in first.offers] == [("县水务局", True)]
    assert "灌溉渠系" in first.offers[0].why
    assert [o.value for o in second.offers] == ["县财政局"]
    assert third.offers == []
    form = Page(answer).form("i-0-text")
    saved = paste.client.post(paste.url, form.data("save"))
    assert saved.status_code == 302
    assert set(Task.objects.values_list("unit", flat=True)) == {None}


def test_all_clear_proposals_are_taken_by_one_press_and_shown_before_saving(paste):
    answer = paste(f"东沟\t疏通灌溉渠系\t\t{DUE}\n\t写信致谢\t\t{DUE}\n")
    taken = paste.client.post(paste.url, Page(answer).form("i-0-text").data("advise"))
    assert [line[2] for line in rows(taken)] == ["县水务局", ""]
    assert Task.objects.count() == 0


@pytest.mark.parametrize(
    ("route", "unit"),
    [("county", "县水务局"), ("township", "临河乡水管站"), ("", "县水务局"), ("village", None)],
)
def test_the_route_tells_the_level_and_the_place_tells_which(county, paste, case, route, unit):
    near = {"code": "near", "name": "临河乡水管站", "kind": "township", "remit": "渠系"}
    far = {"code": "far", "name": "别乡水管站", "kind": "township", "remit": "灌溉渠系"}
    elsewhere = type(county.township).objects.create(
        code=f"{county.region.pk}199", name="别乡", short_name="别乡", level="township",
        parent=county.region,
    )  # fmt: skip
    HandlingUnit.objects.create(region=county.township, **near)
    HandlingUnit.objects.create(region=elsewhere, **far)
    item = {"text": "东沟", "route": route, "tasks": [a_task("疏通灌溉渠系", "", due_on=DUE)]}
    data = grid(item, version=case.version, press="more", value="i")
    answer = paste.client.post(paste.url, data)
    offers = [offer.value for offer in row(answer).offers]
    assert (offers[0] if offers else None) == unit
    assert "别乡水管站" not in offers


def test_several_units_in_one_cell_make_a_lead_and_assistants(paste):
    answer = paste(f"甲\t乙\t县水务局、县财政局\t{DUE}")
    assert [line[2:4] for line in rows(answer)] == [("县水务局", "lead"), ("县财政局", "assist")]
    assert row(answer).notes


def test_two_joint_tasks_below_one_item_keep_their_own_leads(paste):
    text = (f"甲\t修路\t县水务局\t县财政局\t{DUE}\t\n\t通水\t县农业农村局\t县财政局\t{DUE}\t\n")  # fmt: skip
    form = Page(paste(text)).form("i-0-text")
    assert paste.client.post(paste.url, form.data("save")).status_code == 302
    pairs = Task.objects.filter(role="assist").order_by("number")
    assert [(task.title, task.lead.unit.name) for task in pairs] == [
        ("修路", "县水务局"), ("通水", "县农业农村局"),
    ]  # fmt: skip


def test_what_stands_in_the_grid_is_neither_overwritten_nor_repeated(paste):
    half = {"text": "", "owner": "王", "tasks": [a_task("", "县水务局", due_on="")]}
    kept = an_item(1, [a_task("清东沟"), {**a_task("", "", due_on=""), "expected": "图"}])
    answer = paste(
        f"事项1\t清东沟\t县水务局\t{DUE}\n\t新\t县水务局\t{DUE}\n乙\t丙\t\t{DUE}", kept, half
    )
    forms = answer.context["form"].items.forms
    assert [form["text"].value() for form in forms[:3]] == ["事项1", "", "乙"]
    titles = [task["title"].value() for task in forms[0].tasks.forms]
    assert titles == ["清东沟", "", "新"]
    assert forms[1]["owner"].value() == "王"
    assert answer.context["filled"].known == 1


def test_two_hundred_lines_are_read_shown_and_saved(paste, case, django_assert_max_num_queries):
    lines = [f"事项{n // 5}\t任务{n}\t县水务局\t\t{DUE}\t成果{n}" for n in range(200)]
    with django_assert_max_num_queries(40):
        answer = paste("\n".join(lines))
    assert len(rows(answer)) == 200
    form = Page(answer).form("i-0-text")
    assert paste.client.post(paste.url, form.data("save")).status_code == 302
    assert (case.items.count(), case.tasks.count()) == (40, 200)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t\n", "\n".join(f"事项{n}" for n in range(61)),
     "\n".join(f"一\t任务{n}" for n in range(61)), "\n".join(f"一\t{n}" for n in range(301)),
     "字" * 100_001, "a\tb\tc\td\te\tf\tg", "工作任务\t完成时限\n甲\t年底"],
)  # fmt: skip
def test_a_plan_that_cannot_be_taken_in_stays_in_its_box(paste, text):
    answer = paste(text, an_item(1, [a_task("已填")]))
    assert len(answer.context["errors"]) == 1
    page = Page(answer)
    assert page.typed("i-0-t-0-title") == "已填"
    assert page.typed("pasted").strip("\n") == text.strip("\n")
    assert AgreedItem.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    ['"' * 3000, '"没有结尾\t乙\t县水务局', "<script>alert(1)</script>\t{{ 7|add:7 }}\t'; --",
     "\x01\x1b\t\x02", "\u202e甲\t\u200b乙\t县\ufeff水务局", "=cmd|' /C calc'!A0\t乙",
     "甲\r乙\r\n丙\v丁\f", "1\n2\n3", "\t\t\t\t\t", "甲\t" + "9" * 100, "i-0-text=x\tDELETE\ton"],
)  # fmt: skip
def test_hostile_text_is_only_text(paste, text):
    answer = paste(text)
    assert "<script>alert(1)" not in answer.content.decode()
    assert AgreedItem.objects.count() == 0


@pytest.mark.parametrize("press", ["", "x", "i-0-t-0-unit", "i-0-id=5", "version=9", "i-0-t-0-due_on=",
                                   "i-999-t-9-unit=y", "i-0-t-0-role=lead"])  # fmt: skip
def test_a_forged_proposal_fills_no_other_box(paste, case, press):
    data = grid(an_item(1, [a_task("一")]), version=case.version, press="take", value=press)
    answer = paste.client.post(paste.url, data)
    page = Page(answer)
    assert (page.typed("version"), page.typed("i-0-t-0-role")) == (str(case.version), "sole")
    assert page.typed("i-0-t-0-title") == "一"


def test_a_new_item_is_told_in_its_row_once_they_were_read_back(county, enter, record, units):
    case = case_at("deliberated", county=county)
    item, client, url = case.items.get(), enter(county.clerk), record(case, "outcome")
    form = Page(client.get(url)).form("i-0-owner")
    sent = form.data("paste") | {
        "pasted": f"{item.text}\t再查一遍\t县水务局\t{DUE}\n新的\t乙\t\t{DUE}"
    }
    answer = client.post(url, sent)
    assert list(answer.context["form"].items.forms[1].errors) == ["text"]
    titles = [task["title"].value() for task in answer.context["form"].items.forms[0].tasks.forms]
    assert "再查一遍" in titles


@pytest.mark.parametrize("tasks", [1, 3])
def test_the_page_costs_the_same_with_more_tasks(paste, case, tasks, django_assert_max_num_queries):
    data = grid(an_item(1, [a_task(f"疏通{n}", "", due_on="") for n in range(tasks)]),
                version=case.version, press="more", value="i")  # fmt: skip
    with django_assert_max_num_queries(20):
        paste.client.post(paste.url, data)


def test_the_expected_result_is_shown_to_staff_and_to_the_unit(county, enter, record, task_record):
    task = task_at("handling", county=county)
    Task.objects.filter(pk=task.pk).update(expected="通水并公示")
    for address in (record(task.case), task_record(task)):
        assert "通水并公示" in Page(enter(county.office).get(address)).text
    assert "通水并公示" in Page(enter(county.officer).get(reverse("my:task", args=[task.pk]))).text


def test_the_field_speaks_for_a_unit_and_never_alone(case, paste):
    case.field = a_field("water", "渠系与预算")
    case.save(update_fields=["field"])
    answer = paste(f"东沟\t写信致谢\t\t{DUE}\n\t渠系与资金\t\t{DUE}")
    assert row(answer).offers == []
    assert [offer.value for offer in row(answer, task=1).offers] == ["县水务局", "县财政局"]
