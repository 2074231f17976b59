"""The record of a concluded meeting on the screen: a correction with its reason."""

from __future__ import annotations

import pytest

from consultations.models import Meeting
from tests.consultations.admin.test_admin_minutes import sent
from tests.factories import case_at, step


@pytest.fixture
def case(county):
    return case_at("deliberated", county=county)


@pytest.fixture
def address(record, case):
    return record(case, "meeting", case.meetings.get().pk)


def as_it_stands(client, address) -> dict[str, str]:
    """Everything the open page would send if nothing was typed."""
    form = client.get(address).context["form"]
    data = {name: form.fields[name].value() for name in form.fields.fields}
    for grid in form.grids:
        data |= {f"{grid.prefix}-TOTAL_FORMS": str(len(grid.forms)),
                 f"{grid.prefix}-INITIAL_FORMS": "0"}  # fmt: skip
        data |= {
            row.add_prefix(name): row[name].value() for row in grid.forms for name in row.fields
        }
    return {key: str(value) for key, value in data.items() if value not in (None, "", False)} | {
        "save": "1"
    }


def test_a_correction_is_saved_with_its_reason_and_shown(county, enter, record, case, address):
    client = enter(county.clerk)
    data = as_it_stands(client, address) | {"p-3-name": "王副科长", "reason": "职务写错"}
    assert client.post(address, data).status_code == 302
    event = case.events.get(action="correct_record")
    [change] = event.data["changes"]
    assert (change["old"], change["new"], event.reason) == ("王科长", "王副科长", "职务写错")
    shown = client.get(record(case)).content.decode()
    for words in ("职务写错", "王科长", "王副科长", str(county.clerk)):
        assert words in shown


def test_without_a_reason_it_is_said_beside_the_field(county, enter, case, address):
    client = enter(county.clerk)
    data = as_it_stands(client, address) | {"p-3-name": "王副科长"}
    answer = client.post(address, data)
    assert list(answer.context["form"].fields.errors) == ["reason"]
    assert "王副科长" in answer.content.decode()
    assert not case.events.filter(action="correct_record").exists()


def test_nothing_typed_is_no_correction(county, enter, case, address):
    client = enter(county.clerk)
    answer = client.post(address, as_it_stands(client, address) | {"reason": "看看"})
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert not case.events.filter(action="correct_record").exists()


def test_the_agreed_items_are_shown_and_not_to_be_changed(county, enter, case, address):
    client = enter(county.clerk)
    item = case.items.get()
    shown = client.get(address).content.decode()
    assert item.text in shown
    assert 'name="i-0-text"' not in shown
    data = as_it_stands(client, address) | {
        "p-3-name": "王副科长", "reason": "职务写错", "i-TOTAL_FORMS": "2", "i-INITIAL_FORMS": "0",
        "i-0-id": str(item.pk), "i-0-text": "改了的说法", "i-1-text": "多出的一条",
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    assert [row.text for row in case.items.all()] == [item.text]


@pytest.mark.parametrize("who", ["member", "leader", "approver", "officer", "outsider"])
def test_who_does_not_edit_finds_no_page(county, enter, address, who):
    client = enter(getattr(county, who))
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": "改", "summary": "改写", "save": "1"}).status_code == 404


def test_a_form_opened_before_the_conclusion_is_kept_and_asks_for_a_reason(county, enter, record):
    case = case_at("scheduled", county=county)
    client, address = enter(county.clerk), record(case, "meeting", case.meetings.get().pk)
    data = sent(case, summary="谈得很好")
    step(case, "conclude", county=county)
    answer = client.post(address, data)
    assert list(answer.context["form"].fields.errors) == ["reason"]
    assert "谈得很好" in answer.content.decode()
    answer = client.post(address, data | {"reason": "补记"})
    assert len(answer.context["errors"]) == 2  # and the version was stale besides
    assert case.meetings.get().summary == ""
    again = {"reason": "补记", "version": answer.context["form"].fields["version"].value()}
    assert client.post(address, data | again).status_code == 302
    assert case.meetings.get().summary == "谈得很好"


def test_a_planned_meeting_asks_for_no_reason(county, enter, record):
    case = case_at("scheduled", county=county)
    address = record(case, "meeting", case.meetings.get(status=Meeting.Status.PLANNED).pk)
    assert "reason" not in enter(county.clerk).get(address).context["form"].fields.fields


def test_three_corrections_cost_no_more_queries_than_one(
    county, enter, record, case, address, django_assert_max_num_queries
):
    client = enter(county.clerk)
    for number in range(3):
        data = as_it_stands(client, address) | {
            "p-3-name": f"王{number}",
            "reason": f"第{number}次",
        }
        assert client.post(address, data).status_code == 302
        if number == 0:
            client.get(record(case))
            with django_assert_max_num_queries(200) as one:
                client.get(record(case))
                cost = len(one)
    with django_assert_max_num_queries(cost):
        client.get(record(case))
