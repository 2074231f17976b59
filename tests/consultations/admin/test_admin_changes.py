"""What was changed: old and new beside each other, of every part, by field, and two versions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.selectors.changes import changes, compared, field_choices, versions
from consultations.selectors.compared import pieces
from consultations.services import records
from tests.factories import a_case, case_at, task_at

MOST_QUERIES = 20


@pytest.fixture
def address():
    return lambda case: reverse("admin:consultations_case_history", args=[case.pk])


def edited(case, *, by, **values):
    case.refresh_from_db()
    records.edit(case, by=by, version=case.version, changes=values)
    return case


def rewritten(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_each_part_tells_what_stood_there_before_and_after(county):
    case = case_at("handling", county=county)
    item, task, meeting = case.items.get(), case.tasks.get(), case.meetings.get()
    before = item.text, task.title
    rewritten(item, text="换一种说法")
    rewritten(task, title="换一件事做")
    rewritten(meeting, summary="大家谈妥了")
    edited(case, by=county.office, title="换个题目")

    found = {(f.name, f.old, f.new) for change in changes(case) for f in change.fields}

    assert ("text", before[0], "换一种说法") in found
    assert ("title", before[1], "换一件事做") in found
    assert any(name == "title" and new == "换个题目" for name, _old, new in found)
    assert any(name == "summary" and new == "大家谈妥了" for name, _old, new in found)
    names = {name for name, *_ in found}
    assert names & {"stage", "state", "version", "updated_at"} == set()


def test_it_is_narrowed_to_a_part_and_to_a_field(county):
    case = case_at("handling", county=county)
    rewritten(case.items.get(), text="换一种说法")
    edited(case, by=county.office, title="换个题目", problem="另一个问题")

    def fields(**asked):
        return [f.name for change in changes(case, **asked) for f in change.fields]

    assert {"title", "problem"} <= set(fields(part="case"))
    assert "text" not in fields(part="case")
    assert fields(part="item") == ["text"]
    assert set(fields(field="problem")) == {"problem"}
    assert fields(part="item", field="problem") == []


def test_who_and_when(county):
    case = a_case(county=county)
    case._history_user = county.office
    rewritten(case, title="换个题目")

    [change] = changes(case)

    assert change.by == county.office
    assert change.at == case.history.latest().history_date


def test_rounds_of_replies_are_compared(county):
    task = task_at("replied", county=county)
    first = task.replies.get()
    first.pk, first.round, first.body = None, 2, "第二次这样答复"
    first.save()

    found = changes(task.case, part="reply")

    assert [f.name for f in found[0].fields] == ["body"]
    assert found[0].fields[0].new == "第二次这样答复"


def test_two_versions_stand_side_by_side_with_what_differs_marked(
    county, enter, record, address
):  # fmt: skip
    case = edited(a_case(county=county, title="水渠漏水"), by=county.office, title="水渠断水")
    newest, *_rest, oldest = versions(case)
    rows = {row.name: row for row in compared(case, oldest.key, newest.key)}

    assert (rows["title"].old, rows["title"].new) == ("水渠漏水", "水渠断水")
    assert rows["problem"].old == rows["problem"].new != ""
    page = enter(county.office).get(address(case), {"old": oldest.key, "new": newest.key})
    assert "水渠<del>漏</del>水" in page.content.decode()
    assert "水渠<ins>断</ins>水" in page.content.decode()


def test_versions_of_another_case_are_not_compared(county, enter, address):
    case, other = a_case(county=county), a_case(county=county, title="别家的事")
    mine, theirs = versions(case)[0].key, versions(other)[0].key

    assert compared(case, mine, theirs) == []
    client = enter(county.office)
    for asked in ({"old": theirs, "new": theirs}, {"old": "x", "new": "9" * 30}, {"part": "x"}):
        page = client.get(address(case), asked)
        assert page.status_code == 200
        assert "别家的事" not in page.content.decode()


def test_nobody_outside_reads_the_changes(county, enter, address):
    task = task_at("handling", county=county)

    assert enter(county.office).get(address(task.case)).status_code == 200
    for name in ("officer", "outsider"):
        assert enter(getattr(county, name)).get(address(task.case)).status_code == 404


def test_the_queries_do_not_grow(county, enter, address, django_assert_max_num_queries):
    client = enter(county.office)
    case = case_at("handling", county=county)
    client.get(address(case))

    def queries() -> int:
        with django_assert_max_num_queries(MOST_QUERIES) as seen:
            assert client.get(address(case)).status_code == 200
        return len(seen)

    def change(words: str) -> None:
        edited(case, by=county.office, title=words)
        for row in (case.items.get(), case.tasks.get(), case.meetings.get()):
            rewritten(row, **{"summary" if hasattr(row, "summary") else
                              "text" if hasattr(row, "text") else "title": words})  # fmt: skip

    change("甲")
    once = queries()
    for words in ("乙", "丙", "丁"):
        change(words)

    assert queries() == once


def test_texts_are_cut_where_they_differ():
    assert pieces("一样", "一样") == ([(False, "一样")], [(False, "一样")])
    assert pieces("修渠", "修路") == ([(False, "修"), (True, "渠")], [(False, "修"), (True, "路")])
    long = "长" * 2000
    assert pieces(long, "短") == ([(True, long)], [(True, "短")])


def test_a_field_can_be_chosen_by_its_name_once():
    names = [name for name, _label in field_choices()]

    assert len(names) == len(set(names))
    assert {"title", "problem", "text", "body", "due_on"} <= set(names)
