"""The outcome grid: five items and eighteen tasks in one sending, all or nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from consultations.models import AgreedItem, Commitment, Task
from consultations.workflow.outcome_guards import gaps_of
from tests.factories import case_at, task_at
from tests.journeys.pages import Page

DUE = (timezone.localdate() + dt.timedelta(days=60)).isoformat()


def grid(*items, version: int, press: str = "save", value: str = "1", **more) -> dict[str, str]:
    """The data of the form: items as dicts with `tasks` and `promises`, rows as dicts."""
    data = {"version": str(version), press: value, **more, **counts("i", len(items))}
    for number, item in enumerate(items):
        row = f"i-{number}"
        tasks, promises = item.get("tasks", []), item.get("promises", [])
        data |= counts(f"{row}-t", len(tasks)) | counts(f"{row}-c", len(promises))
        data |= {f"{row}-{k}": v for k, v in item.items() if k not in ("tasks", "promises")}
        for below, rows in (("t", tasks), ("c", promises)):
            for place, cells in enumerate(rows):
                data |= {f"{row}-{below}-{place}-{k}": str(v) for k, v in cells.items()}
    return data


def counts(prefix: str, total: int) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": "0"}


def an_item(number: int, tasks: list[dict], **fields) -> dict:
    return {"text": f"事项{number}", "route": "county", "owner": "县水务局", "due_on": DUE,
            "measure": "验收", "funds": "", "tasks": tasks} | fields  # fmt: skip


def a_task(title: str, unit: str = "县水务局", role: str = "sole", **fields) -> dict:
    return {"title": title, "unit": unit, "role": role, "due_on": DUE, "weight": "1"} | fields


@pytest.fixture
def case(county):
    """A case whose meeting is being written down: nothing is agreed yet."""
    return case_at("scheduled", county=county)


def test_five_items_and_eighteen_tasks_in_one_sending(county, enter, record, case):
    sizes = (4, 4, 4, 3, 3)
    items = [
        an_item(n, [a_task(f"任务{n}-{m}") for m in range(size)])
        for n, size in enumerate(sizes, start=1)
    ]
    items[0]["promises"] = [
        {"side": case.sides.first().pk, "promised_by": "上游村民", "text": "让水三天"}
    ]
    url = record(case, "outcome")
    answer = enter(county.clerk).post(url, grid(*items, version=case.version))
    assert answer.status_code == 302
    assert [item.tasks.count() for item in case.items.order_by("number")] == list(sizes)
    assert [item.number for item in case.items.order_by("pk")] == [1, 2, 3, 4, 5]
    task = Task.objects.order_by("pk").first()
    assert (task.unit, task.due_on.isoformat(), task.state) == (county.unit, DUE, "drafted")
    assert Commitment.objects.get().side == case.sides.first()
    assert case.events.get(action="save_outcome").data == {"items": 5, "tasks": 18}


def test_an_error_stands_in_its_cell_and_nothing_is_saved(county, enter, record, case):
    items = [
        an_item(1, [a_task("一")]),
        an_item(2, [a_task("二", unit="不存在的局"), a_task("", due_on="2026-13-01")]),
    ]
    answer = enter(county.clerk).post(record(case, "outcome"), grid(*items, version=case.version))
    form = answer.context["form"]
    rows = form.items.forms[1].tasks.forms
    assert list(rows[0].errors) == ["unit"]
    assert set(rows[1].errors) == {"title", "due_on"}
    assert "不存在的局" in answer.content.decode()
    assert AgreedItem.objects.count() == 0


def test_empty_rows_mean_nothing(county, enter, record, case):
    blank = {
        "text": "",
        "route": "",
        "owner": "",
        "due_on": "",
        "tasks": [a_task("", "", due_on="")],
    }
    data = grid(an_item(1, [a_task("", "", due_on="")]), blank, version=case.version)
    assert enter(county.clerk).post(record(case, "outcome"), data).status_code == 302
    assert (AgreedItem.objects.count(), Task.objects.count()) == (1, 0)


def test_tasks_without_an_item_are_pointed_out(county, enter, record, case):
    data = grid({"text": "", "tasks": [a_task("孤儿")]}, version=case.version)
    answer = enter(county.clerk).post(record(case, "outcome"), data)
    assert list(answer.context["form"].items.forms[0].errors) == ["text"]


@pytest.mark.parametrize("leads", [0, 2])
def test_assisting_units_need_exactly_one_lead(county, enter, record, case, leads):
    tasks = [a_task(f"主{n}", role="lead") for n in range(leads)] + [a_task("会", role="assist")]
    data = grid(an_item(1, tasks), version=case.version)
    answer = enter(county.clerk).post(record(case, "outcome"), data)
    assert list(answer.context["form"].items.forms[0].tasks.forms[leads].errors) == ["role"]
    assert Task.objects.count() == 0


def test_assisting_tasks_are_joined_to_the_lead(county, enter, record, case):
    tasks = [a_task("主", role="lead"), a_task("会", "县交通运输局", role="assist")]
    enter(county.clerk).post(record(case, "outcome"), grid(an_item(1, tasks), version=case.version))
    lead, assist = Task.objects.order_by("number")
    assert assist.lead == lead


def test_the_wording_that_was_read_back_does_not_change(county, enter, record):
    case = case_at("deliberated", county=county)
    item = case.items.get()
    task = item.tasks.get()
    rows = [a_task("新的写法", id=task.pk)]
    changed = an_item(9, rows, id=item.pk, owner="乡政府")
    data = grid(changed, version=case.version)
    page = enter(county.clerk).get(record(case, "outcome")).content.decode()
    assert '<textarea name="i-0-text"' in page
    assert "disabled" in page
    assert enter(county.clerk).post(record(case, "outcome"), data).status_code == 302
    item.refresh_from_db()
    task.refresh_from_db()
    assert (item.text, item.owner, task.title) == ("修复东沟第1段", "乡政府", "新的写法")


def test_an_item_that_was_read_back_is_dropped_with_a_reason_not_deleted(county, enter, record):
    case = case_at("deliberated", county=county)
    item = case.items.get()
    url = record(case, "outcome")
    gone = an_item(1, [], id=item.pk, DELETE="on")
    answer = enter(county.clerk).post(url, grid(gone, version=case.version))
    assert answer.status_code == 200
    assert answer.context["errors"]
    dropped = an_item(1, [], id=item.pk, dropped_reason="已由省级项目实施")
    enter(county.clerk).post(url, grid(dropped, version=case.version))
    item.refresh_from_db()
    assert item.dropped_reason == "已由省级项目实施"


def test_a_task_that_was_handed_over_keeps_its_wording(county, enter, record):
    task = task_at("handling", county=county)
    case = task.case
    changed = an_item(1, [a_task("改掉", id=task.pk), a_task("追加")], id=task.item.pk, owner="改")
    answer = enter(county.office).post(record(case, "outcome"), grid(changed, version=case.version))
    assert answer.status_code == 302
    assert list(case.tasks.order_by("number").values_list("title", flat=True)) == [
        "修复渗漏段", "追加",
    ]  # fmt: skip
    assert case.items.get().owner == "县水务局"


def test_what_was_approved_stands_in_grey_and_stays(county, enter, record):
    case = case_at("filing", county=county)
    item, url = case.items.get(), record(case, "outcome")
    client = enter(county.office)
    page = Page(client.get(url))
    form = page.form("i-0-measure")
    assert not any(form.has(f"i-0-{name}") for name in ("route", "owner", "due_on"))
    assert not any(form.has(f"i-0-t-0-{name}") for name in ("title", "unit", "DELETE"))
    assert ("more", "i-0-t") not in form.buttons
    assert ("paste", "1") not in form.buttons
    form.put("i-0-measure", "通水一个月")
    sent = form.data("save") | {"i-0-owner": "改掉", "i-0-t-0-title": "改掉"}
    assert client.post(url, sent).status_code == 302
    item.refresh_from_db()
    assert (item.owner, item.measure) == ("县水务局", "通水一个月")
    assert case.tasks.get().title == "修复渗漏段"


def test_owner_date_and_route_follow_from_the_tasks(county, enter, record, case):
    empty = {"route": "", "owner": "", "due_on": ""}
    later = (timezone.localdate() + dt.timedelta(days=90)).isoformat()
    lead = [a_task("主", role="lead"), a_task("会", "县交通运输局", role="assist", due_on=later)]
    items = [an_item(1, lead, **empty), an_item(2, [a_task("一", due_on="")])]
    data = grid(*items, version=case.version)
    assert enter(county.clerk).post(record(case, "outcome"), data).status_code == 302
    first, second = case.items.order_by("number")
    assert (first.owner, first.route, first.due_on.isoformat()) == ("县水务局", "county", later)
    assert second.due_on.isoformat() == DUE


def test_a_day_before_the_meeting_is_pointed_out_in_its_cell(county, enter, record, case):
    items = [an_item(1, [a_task("一", due_on="2001-01-01")]), an_item(2, [], due_on="2001-01-01")]
    answer = enter(county.clerk).post(record(case, "outcome"), grid(*items, version=case.version))
    first, second = answer.context["form"].items.forms
    assert [list(row.errors) for row in (first, first.tasks.forms[0], second)] == [
        [], ["due_on"], ["due_on"],
    ]  # fmt: skip
    assert 'href="#id_i-0-t-0-due_on"' in answer.content.decode()
    assert AgreedItem.objects.count() == 0


def test_an_item_that_is_removed_before_the_end_of_the_meeting_leaves_no_gap(
    county, enter, record, case
):
    client, url = enter(county.clerk), record(case, "outcome")
    client.post(url, grid(an_item(1, []), an_item(2, []), an_item(3, []), version=case.version))
    case.refresh_from_db()
    first = case.items.order_by("number").first()
    gone = grid(an_item(1, [], id=first.pk, DELETE="on"), version=case.version)
    assert client.post(url, gone).status_code == 302
    assert list(case.items.order_by("number").values_list("number", "text")) == [
        (1, "事项2"), (2, "事项3"),
    ]  # fmt: skip


def test_a_row_of_another_case_is_refused(county, enter, record, case):
    other = case_at("deliberated", county=county, title="另一件事")
    item, task = other.items.get(), other.tasks.get()
    url = record(case, "outcome")
    for row in (an_item(1, [], id=item.pk), an_item(1, [a_task("夺取", id=task.pk)])):
        answer = enter(county.clerk).post(url, grid(row, version=case.version))
        assert answer.status_code == 200
        assert answer.context["errors"]
    item.refresh_from_db()
    task.refresh_from_db()
    assert (item.case, task.title) == (other, "修复渗漏段")
    assert case.items.count() == 0


def test_a_stale_grid_is_told_politely_and_kept(county, enter, record, case):
    stale = case.version
    first = grid(an_item(1, []), version=stale)
    assert enter(county.clerk).post(record(case, "outcome"), first).status_code == 302
    answer = enter(county.office).post(
        record(case, "outcome"), grid(an_item(2, [a_task("后到")]), version=stale)
    )
    assert answer.status_code == 200
    assert len(answer.context["errors"]) == 2
    assert "后到" in answer.content.decode()
    assert case.items.count() == 1


@pytest.mark.parametrize(("value", "added"), [("i", 1), ("i-0-t", 5), ("i-0-c", 5)])
def test_more_rows_without_javascript_lose_nothing(county, enter, record, case, value, added):
    data = grid(an_item(1, [a_task("已填")]), version=case.version, press="more", value=value)
    answer = enter(county.clerk).post(record(case, "outcome"), data)
    page = answer.content.decode()
    before = int(data[f"{value}-TOTAL_FORMS"])
    assert f'name="{value}-TOTAL_FORMS" value="{before + added}"' in page
    assert "已填" in page
    assert "事项1" in page
    assert AgreedItem.objects.count() == 0


def test_a_fourth_item_is_asked_for_filled_and_saved(county, enter, record, case):
    client, url = enter(county.clerk), record(case, "outcome")
    form = Page(client.get(url)).form("i-0-text")
    for place in range(3):
        form.put(f"i-{place}-text", f"事项{place + 1}")
    form = Page(client.post(url, form.data("more=i"))).form("i-0-text")
    assert not form.has("i-4-text")
    form.put("i-3-text", "事项4")
    form.put("i-3-t-1-title", "清淤")
    form.put("i-3-t-1-unit", "县水务局")
    assert client.post(url, form.data("save")).status_code == 302
    texts = case.items.order_by("number").values_list("text", flat=True)
    assert list(texts) == ["事项1", "事项2", "事项3", "事项4"]
    assert Task.objects.get().item.text == "事项4"


@pytest.mark.parametrize("value", ["", "x", "i-999-t", "i-0-t-0-t", "../", "i" * 500])
def test_forged_buttons_change_nothing(county, enter, record, case, value):
    for press in ("more", "copy", "split"):
        data = grid(an_item(1, []), version=case.version, press=press, value=value)
        answer = enter(county.clerk).post(record(case, "outcome"), data)
        assert answer.status_code == 200
        assert "事项1" in answer.content.decode()


def test_saving_tells_what_the_outcome_still_lacks(county, enter, record, case):
    data = grid(an_item(1, [], owner=""), an_item(2, []), version=case.version)

    answer = enter(county.clerk).post(record(case, "outcome"), data, follow=True)

    [told] = [str(message) for message in answer.context["messages"]]
    owner = AgreedItem._meta.get_field("owner").verbose_name
    assert gaps_of(case.items.all()) == {str(owner): ["1"]}
    assert str(owner) in told


def test_a_task_is_split_between_two_units(county, enter, record, case):
    data = grid(an_item(1, [a_task("修路")]), version=case.version, press="split", value="i-0-t-0")
    form = enter(county.clerk).post(record(case, "outcome"), data).context["form"]
    rows = [(f["title"].value(), f["unit"].value(), f["role"].value())
            for f in form.items.forms[0].tasks.forms]  # fmt: skip
    assert rows == [("修路", "县水务局", "split"), ("修路", "", "split")]


def test_a_row_is_copied(county, enter, record, case):
    data = grid(an_item(1, [a_task("修路")]), version=case.version, press="copy", value="i-0-t-0")
    form = enter(county.clerk).post(record(case, "outcome"), data).context["form"]
    assert [f["title"].value() for f in form.items.forms[0].tasks.forms] == ["修路", "修路"]


@pytest.mark.parametrize(
    "broken",
    [
        {"i-TOTAL_FORMS": "abc"},
        {"i-TOTAL_FORMS": "99999999999"},
        {"i-TOTAL_FORMS": ""},
        {"i-0-id": "x"},
        {"i-0-id": "9" * 40},
        {"i-0-t-0-id": "-3"},
        {"version": "x"},
        {"version": ""},
        {"i-0-t-0-role": "king", "i-0-t-0-weight": "0"},
        {"i-0-c-TOTAL_FORMS": "1", "i-0-c-0-side": "77777", "i-0-c-0-text": "x"},
    ],
)
def test_a_forged_grid_is_never_an_error_of_ours(county, enter, record, case, broken):
    data = grid(an_item(1, [a_task("一")]), version=case.version) | broken
    answer = enter(county.clerk).post(record(case, "outcome"), data)
    assert answer.status_code == 200
    assert AgreedItem.objects.count() == 0


def test_the_grid_closes_when_the_party_committee_has_it(county, enter, record):
    case = case_at("party_review", county=county)
    assert enter(county.clerk).get(record(case, "outcome")).status_code == 404
