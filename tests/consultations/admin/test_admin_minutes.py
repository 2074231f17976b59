"""The record of a meeting: one page, saved together."""

from __future__ import annotations

import datetime as dt

import pytest

from consultations.forms.pasting import not_placed
from consultations.models import Participant, Statement
from tests.factories import case_at
from tests.journeys.pages import Page


@pytest.fixture
def case(county):
    return case_at("scheduled", county=county)


def sent(case, press="save", value="1", **cells) -> dict[str, str]:
    data = {"version": str(case.version), press: value}
    for prefix in ("a", "p", "s", "i"):
        rows = {int(key.split("-")[1]) for key in cells if key.startswith(f"{prefix}-")}
        total = str(max(rows) + 1) if rows else "0"
        data |= {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": "0"}
    return data | cells


def people(case) -> dict[str, str]:
    first, second = case.sides.order_by("pk")
    return {
        "p-0-name": "李主持", "p-0-capacity": "host", "p-0-count": "1", "p-0-attended": "on",
        "p-1-name": "", "p-1-capacity": "party", "p-1-side": str(first.pk), "p-1-count": "6",
        "p-1-attended": "on",
        "p-2-name": "赵二", "p-2-capacity": "party", "p-2-side": str(second.pk),
        "p-2-count": "1", "p-2-attended": "on",
    }  # fmt: skip


def url_of(record, case):
    return record(case, "meeting", case.meetings.get().pk)


def test_everything_is_saved_together_and_the_meeting_can_be_concluded(county, enter, record, case):
    data = sent(case, **people(case), **{
        "s-0-speaker": "赵二", "s-0-kind": "demand", "s-0-text": "先修东沟",
        "i-0-text": "修东沟", "i-0-route": "county", "i-0-owner": "县水务局",
        "a-0-title": "通报情况", "a-0-starts_at": "09:00", "a-0-ends_at": "09:20", "name": "东沟协商会", "head_count": "8",
    })  # fmt: skip
    client = enter(county.clerk)
    assert client.post(url_of(record, case), data).status_code == 302
    meeting = case.meetings.get()
    assert (meeting.name, meeting.head_count) == ("东沟协商会", 8)
    assert meeting.participants.count() == 3
    assert meeting.statements.get().speaker.name == "赵二"
    point = meeting.agenda.get()
    assert (point.title, point.starts_at, point.ends_at) == ("通报情况", dt.time(9), dt.time(9, 20))
    assert case.items.get().text == "修东沟"
    case.refresh_from_db()
    done = client.post(
        record(case, "step", "conclude"),
        {
            "version": case.version,
            "held_on": "2026-06-01",
            "read_back": "on",
            "host_confirmed": "on",
        }
        | {"held_on": meeting.starts_at.astimezone().date().isoformat()},
    )
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.stage == "deliberated"


def test_a_group_without_a_name_speaks_by_capacity_and_side(county, enter, record, case):
    group = Participant(capacity="party", side=case.sides.order_by("pk").first())
    name = f"{group.get_capacity_display()}·{group.side}"
    data = sent(
        case, **people(case), **{"s-0-speaker": name, "s-0-text": "缺水", "s-0-kind": "demand"}
    )
    assert enter(county.clerk).post(url_of(record, case), data).status_code == 302
    assert Statement.objects.get().speaker.count == 6


def test_an_unknown_speaker_is_pointed_out_and_nothing_is_saved(county, enter, record, case):
    data = sent(
        case, **people(case), **{"s-0-speaker": "路人", "s-0-text": "缺水", "s-0-kind": "demand"}
    )
    answer = enter(county.clerk).post(url_of(record, case), data)
    assert list(answer.context["form"].statements.forms[0].errors) == ["speaker"]
    assert answer.context["form"].error_count == 1
    assert 'href="#id_s-0-speaker"' in answer.content.decode()
    assert "路人" in answer.content.decode()
    assert Participant.objects.count() == 0


def test_rows_are_changed_and_removed(county, enter, record, case):
    client = enter(county.clerk)
    said = {"s-0-speaker": "赵二", "s-0-text": "缺水", "s-0-kind": "demand"}
    client.post(url_of(record, case), sent(case, **people(case), **said))
    case.refresh_from_db()
    meeting = case.meetings.get()
    rows = people(case)
    for place, person in enumerate(meeting.participants.order_by("pk")):
        rows[f"p-{place}-id"] = str(person.pk)
    rows |= {"p-0-organisation": "县政协", "p-2-DELETE": "on",
             "s-0-id": str(meeting.statements.get().pk), "s-0-speaker": "李主持",
             "s-0-text": "缺水", "s-0-kind": "demand"}  # fmt: skip
    assert client.post(url_of(record, case), sent(case, **rows)).status_code == 302
    assert [p.organisation for p in meeting.participants.order_by("pk")] == ["县政协", ""]
    assert meeting.statements.get().speaker.name == "李主持"


def test_a_list_that_was_not_put_into_the_rows_is_not_lost_by_saving(county, enter, record, case):
    client, text = enter(county.clerk), "王明，县水务局副局长"
    answer = client.post(url_of(record, case), sent(case, **people(case), pasted=text))

    assert answer.context["errors"] == [not_placed()]
    assert Page(answer).typed("pasted").strip() == text
    assert not case.meetings.get().participants.filter(name="赵二").exists()
    more = Page(client.post(url_of(record, case), sent(case, "more", "s", pasted=text)))
    assert more.typed("pasted").strip() == text


def test_pasted_lines_fill_the_rows(county, enter, record, case):
    pasted = "李主持，主持人，县政协\n王科长,部门,县水务局"
    data = sent(case, press="paste", pasted=pasted)
    rows = enter(county.clerk).post(url_of(record, case), data).context["form"].people.forms
    assert [(f["name"].value(), f["capacity"].value()) for f in rows[:2]] == [
        ("李主持", "host"), ("王科长", "department"),
    ]  # fmt: skip
    assert Participant.objects.count() == 0


def test_a_line_of_name_and_post_leaves_the_capacity_to_choose(county, enter, record, case):
    data = sent(case, press="paste", pasted="王明，县水务局副局长\n李红\t\t柳树村\n赵二")
    client, url = enter(county.clerk), url_of(record, case)
    page = Page(client.post(url, data))
    form = page.form("p-0-name")
    rows = [[page.typed(f"p-{n}-{name}") for name in ("name", "capacity", "organisation")]
            for n in range(3)]  # fmt: skip
    assert rows == [["王明", "", "县水务局副局长"], ["李红", "", "柳树村"], ["赵二", "", ""]]
    again = Page(client.post(url, form.data("save")))
    assert again.error_of("p-0-capacity")
    assert again.typed("p-0-organisation") == "县水务局副局长"


def test_every_wrong_box_counts_and_the_first_is_linked(county, enter, record, case):
    wrong = {"p-0-capacity": "", "s-0-speaker": "路人", "s-0-text": "缺水", "s-0-kind": "demand",
             "i-0-text": "修沟", "i-0-due_on": "2001-01-01", "a-0-starts_at": "25:00",
             "a-0-title": "通报", "link": "x y"}  # fmt: skip
    answer = enter(county.clerk).post(url_of(record, case), sent(case, **people(case) | wrong))
    assert answer.context["form"].error_count == 5
    assert answer.context["form"].first_wrong == "id_p-0-capacity"
    assert Participant.objects.count() == 0


def test_a_broken_line_is_named(county, enter, record, case):
    data = sent(case, press="paste", pasted="李主持，皇帝，县政协")
    answer = enter(county.clerk).post(url_of(record, case), data)
    assert "1" in answer.context["errors"][0]
    assert "皇帝" in answer.content.decode()


def test_more_rows_without_javascript(county, enter, record, case):
    data = sent(case, press="more", value="p", **people(case))
    answer = enter(county.clerk).post(url_of(record, case), data)
    assert len(answer.context["form"].people.forms) == 8
    assert "赵二" in answer.content.decode()
    assert Participant.objects.count() == 0


def test_rows_that_were_asked_for_and_left_empty_mean_nothing(county, enter, record, case):
    data = sent(case, press="more", value="s", **people(case))
    client, url = enter(county.clerk), url_of(record, case)
    form = client.post(url, data).context["form"]
    assert {row["kind"].value() for row in form.statements.forms} == {"position"}
    again = {
        row.add_prefix(name): row[name].value() or ""
        for row in form.statements.forms
        for name in ("speaker", "kind", "text")
    }
    answer = client.post(url, sent(case, **people(case)) | again | {"s-TOTAL_FORMS": "5"})
    assert answer.status_code == 302
    assert Statement.objects.count() == 0


def test_the_second_writer_is_told_and_loses_nothing(county, enter, record, case):
    data = sent(case, **people(case))
    assert enter(county.clerk).post(url_of(record, case), data).status_code == 302
    answer = enter(county.office).post(url_of(record, case), data)
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert "赵二" in answer.content.decode()
    assert Participant.objects.count() == 3


def test_a_meeting_of_another_case_is_not_found(county, enter, record, case):
    other = case_at("scheduled", county=county, title="另一件事")
    url = record(case, "meeting", other.meetings.get().pk)
    assert enter(county.clerk).get(url).status_code == 404


@pytest.mark.parametrize(
    "broken",
    [{"p-TOTAL_FORMS": "x"}, {"p-0-id": "99999"}, {"p-0-side": "abc"},
     {"version": ""}, {"head_count": "1e9"}, {"link": "javascript:alert(1)"}],
)  # fmt: skip
def test_a_forged_record_is_never_an_error_of_ours(county, enter, record, case, broken):
    data = sent(case, **people(case)) | broken
    assert enter(county.clerk).post(url_of(record, case), data).status_code == 200
    assert Participant.objects.count() == 0


def test_a_point_that_ends_before_it_begins_is_told_beside_its_box(county, enter, record, case):
    wrong = {"a-0-title": "通报情况", "a-0-starts_at": "09:30", "a-0-ends_at": "09:10"}
    answer = enter(county.clerk).post(url_of(record, case), sent(case, **people(case), **wrong))
    rows = answer.context["form"].agenda.forms
    assert list(rows[0].errors) == ["ends_at"]
    assert 'value="09:10"' in answer.content.decode()
    assert not case.meetings.get().agenda.exists()
