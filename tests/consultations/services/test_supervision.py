"""Soft tools of follow-up: key supervision, conversions with their way back, instructions."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from committees.partial_dates import PartialDate
from consultations.forms.after import FollowUpForm
from consultations.forms.supervision import ConversionForm
from consultations.models import Conversion, Instruction, KeySupervision, Meeting
from consultations.services import supervision
from consultations.workflow.engine import Refused
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county):
    return case_at("supervision", county=county)


@pytest.fixture
def office(county):
    client = Client()
    client.force_login(county.office)
    return client


def at(case, tail) -> str:
    return f"/admin/consultations/case/{case.pk}/{tail}"


def test_one_leader_at_a_time_follows_a_case_until_a_result_is_written(case, county, office):
    today = str(timezone.localdate())
    data = {"version": case.version, "leader": "县政协副主席", "aim": "水渠通水", "began_on": today}
    assert office.post(at(case, "key-supervision/"), data).status_code == 302
    kept = KeySupervision.objects.get()
    case.refresh_from_db()

    again = office.post(at(case, "key-supervision/"), data | {"version": case.version})
    assert again.context["form"].non_field_errors()

    case.refresh_from_db()
    end = {"version": case.version, "ended_on": today, "result": ""}
    url = at(case, f"key-supervision/{kept.pk}/")
    assert office.post(url, end).context["form"].errors["result"]
    assert office.post(url, end | {"result": "三个组都已通水。"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.result, str(kept.ended_on)) == ("三个组都已通水。", today)


def test_a_social_opinion_report_has_at_most_1500_characters(case):
    typed = {"version": case.version, "kind": "opinion", "title": "关于山区水渠管护的建议",
             "converted_on": str(timezone.localdate())}  # fmt: skip

    assert ConversionForm(typed | {"body": "水" * 1500}, case=case).is_valid()
    too_long = ConversionForm(typed | {"body": "水" * 1501}, case=case)
    assert "1501" in too_long.errors["body"][0]
    assert ConversionForm(typed | {"kind": "proposal", "body": "水" * 1501}, case=case).is_valid()


def test_a_conversion_comes_back_with_number_decision_and_answer(case, county, office):
    made = supervision.convert_more(
        case, by=county.office, version=case.version, kind="proposal", title="关于水渠管护的提案",
        body="", sent_to="县政协提案委", converted_on=timezone.localdate(),
    )  # fmt: skip
    today = str(timezone.localdate())
    back = {"version": case.version, "number": "第12号", "filed_on": today, "accepted": "True",
            "accepted_on": today, "answer": "", "answered_on": today}  # fmt: skip
    url = at(case, f"conversion/{made.pk}/")
    assert office.post(url, back).context["form"].errors["answer"]

    assert office.post(url, back | {"answer": "已列入明年计划。"}).status_code == 302

    made.refresh_from_db()
    assert (made.number, made.accepted, made.answer) == ("第12号", True, "已列入明年计划。")
    told = case.events.get(action="conversion_came_back")
    assert told.data["reached"] == ["filed_on", "accepted_on", "answered_on"]
    assert "已列入明年计划。" in office.get(at(case, "change/")).content.decode()


def test_an_instruction_tells_how_far_it_is_carried_out(case, county, office):
    data = {"version": case.version, "level": "county", "leader": "县委副书记", "subject": "水渠管护",
            "given_on": "2026-05", "state": "received"}  # fmt: skip
    assert office.post(at(case, "instruction/"), data).status_code == 302
    kept = Instruction.objects.get()
    assert (kept.state, kept.is_public, kept.state_on) == (
        "received", False, timezone.localdate(),
    )  # fmt: skip
    case.refresh_from_db()

    done = data | {"version": case.version, "state": "reported"}
    url = at(case, f"instruction/{kept.pk}/")
    assert office.post(url, done).context["form"].errors["outcome"]
    assert office.post(url, done | {"outcome": "已报县委办。"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.state, kept.outcome) == ("reported", "已报县委办。")


@pytest.mark.parametrize("name", ["clerk", "member", "leader", "officer", "dispatch_office"])
def test_these_records_are_kept_by_the_office(case, county, name):
    person = getattr(county, name)
    with pytest.raises(Refused):
        supervision.begin_key_supervision(
            case, by=person, version=case.version, leader="县政协副主席", aim="水渠通水",
            began_on=timezone.localdate(),
        )  # fmt: skip
    client = Client()
    client.force_login(person)
    for tail in ("key-supervision/", "conversion/", "instruction/"):
        assert client.get(at(case, tail)).status_code == 404
    assert not Conversion.objects.exists()


def test_what_was_left_open_stands_on_the_agenda_of_the_next_meeting(county):
    case = case_at("no_consensus", county=county)
    open_point = case.meetings.get().statements.get(kind="dissent")

    step(case, "schedule", county=county)

    planned = case.meetings.get(status=Meeting.Status.PLANNED)
    point = planned.agenda.get()
    assert (point.title, point.carried_from, planned.round) == (open_point.text, open_point, 2)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"asked": "20", "good": "12", "fair": "5", "poor": "1"}, set()),
        ({}, set()),
        ({"good": "12"}, {"asked"}),
        ({"asked": "10", "good": "12"}, {"asked"}),
        ({"kind": "inspection", "asked": "10"}, {"asked"}),
    ],
)
def test_an_appraisal_has_the_tally_of_its_slips(case, typed, wrong):
    data = {"version": case.version, "kind": "appraisal", "finding": "当场评议。",
            "done_on": str(PartialDate.parse(timezone.localdate()))} | typed  # fmt: skip

    assert set(FollowUpForm(data, case=case).errors) == wrong
