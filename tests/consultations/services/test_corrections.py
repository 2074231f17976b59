"""The record of a concluded meeting is frozen; a correction has a reason and leaves a line."""

from __future__ import annotations

import pytest

from consultations.models import Event, Meeting
from consultations.selectors.corrections import corrections
from consultations.services import corrections as service
from consultations.services import items, minutes
from consultations.services.steps import JustChanged
from consultations.workflow.engine import Refused
from tests.factories import case_at
from tests.public_cases import a_reported_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county):
    return case_at("deliberated", county=county)


def correct(case, by, **parts):
    meeting = case.meetings.order_by("round").first()
    parts = {"reason": "漏记一人", "fields": {}, "version": case.version} | parts
    service.correct_record(meeting, by=by, **parts)
    case.refresh_from_db()


def standing(case) -> tuple:
    meeting = case.meetings.get()
    return (service.facts_of(meeting), case.version, case.events.count())


@pytest.mark.parametrize("stage", ["deliberated", "party_review", "filing", "handling",
                                   "no_consensus"])  # fmt: skip
def test_the_record_is_not_edited_once_the_meeting_was_concluded(county, stage):
    case = case_at(stage, county=county)
    before = standing(case)
    meeting, people = case.meetings.get(), list(case.meetings.get().participants.all())
    for written in (
        {"fields": {"summary": "改写"}},
        {"fields": {}, "participants": [{"id": people[0].pk, "delete": True}]},
        {"fields": {}, "statements": [{"kind": "demand", "text": "补记", "speaker_row": None}]},
        {"fields": {}, "agenda": [{"title": "补记", "order": 1}]},
    ):
        with pytest.raises(Refused):
            minutes.save_record(meeting, by=county.clerk, version=case.version, **written)
    case.refresh_from_db()
    assert standing(case) == before


def test_a_stale_form_of_the_clerk_does_not_pass_the_conclusion(county):
    case = case_at("scheduled", county=county)
    meeting, stale = case.meetings.get(), case.version
    case_at("deliberated", county=county, title="另一件事")
    Meeting.objects.filter(pk=meeting.pk).update(status=Meeting.Status.HELD)
    assert meeting.status == Meeting.Status.PLANNED
    with pytest.raises(Refused) as refused:
        minutes.save_record(meeting, by=county.clerk, version=stale, fields={"summary": "改写"})
    assert not isinstance(refused.value, JustChanged)


def test_a_correction_tells_what_stood_there_and_why(county, case):
    meeting = case.meetings.get()
    host = meeting.participants.get(capacity="host")
    official = meeting.participants.get(capacity="department")
    kept = [{"id": one.pk} for one in meeting.participants.order_by("pk")]
    rows = [row | {"name": "李主持人"} if row["id"] == host.pk else row for row in kept]
    rows = [{"id": official.pk, "delete": True} if row["id"] == official.pk else row
            for row in rows]  # fmt: skip
    added = {"capacity": "expert", "name": "周工", "organisation": "设计院", "side": None,
             "count": 1, "attended": True}  # fmt: skip

    correct(case, county.clerk, participants=[*rows, added], fields={"head_count": 22})

    event = case.events.get(action="correct_record")
    expert = meeting.participants.get(name="周工")
    place = {"part": "participants", "row": host.pk}
    assert event.data == {"meeting": meeting.pk, "changes": [
        {"part": "meeting", "row": meeting.pk, "kind": "changed", "field": "head_count",
         "old": 21, "new": 22},
        place | {"kind": "changed", "field": "name", "old": "李主持", "new": "李主持人"},
        place | {"row": official.pk, "kind": "removed", "old": {
            "capacity": "department", "name": "王科长", "organisation": "", "side": None,
            "count": 1, "attended": True}},
        place | {"row": expert.pk, "kind": "added", "new": added},
    ]}  # fmt: skip
    assert (event.reason, event.actor, event.role, event.is_public) == (
        "漏记一人", county.clerk, "liaison", True,
    )  # fmt: skip


def test_it_is_told_in_words(county, case):
    official = case.meetings.get().participants.get(capacity="department")
    correct(case, county.clerk, participants=[{"id": official.pk, "attended": False}])
    [told] = corrections(case)[case.meetings.get().pk]
    [change] = told.changes
    assert change.label.endswith(str(official._meta.get_field("attended").verbose_name))
    assert (change.old, change.new) != ("True", "False")
    assert change.old != change.new


def test_the_minutes_alone_are_not_told_to_the_public(county, case):
    correct(case, county.clerk, fields={"minutes": "补充发言记录。"})
    assert not case.events.get(action="correct_record").is_public


@pytest.mark.parametrize(
    "who",
    [
        "member",
        "leader",
        "approver",
        "officer",
        "unit_leader",
        "village_clerk",
        "outsider",
        "nobody",
    ],
)
def test_whoever_has_no_editing_role_corrects_nothing(county, case, who):
    before = standing(case)
    with pytest.raises(Refused):
        correct(case, getattr(county, who), fields={"summary": "改写"})
    case.refresh_from_db()
    assert standing(case) == before


def test_not_even_the_person_in_charge_without_an_editing_role(county, case):
    case.owner = county.member
    case.save(update_fields=["owner"])
    with pytest.raises(Refused):
        correct(case, county.member, fields={"summary": "改写"})


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_corrected(county, case, reason):
    before = standing(case)
    with pytest.raises(Refused):
        correct(case, county.clerk, reason=reason, fields={"summary": "改写"})
    case.refresh_from_db()
    assert standing(case) == before


def test_nothing_different_is_no_correction(county, case):
    with pytest.raises(Refused):
        correct(case, county.clerk, fields={"summary": case.meetings.get().summary})
    assert not Event.objects.filter(action="correct_record").exists()


def test_what_the_conclusion_rested_on_stays(county, case):
    meeting = case.meetings.get()
    host, first, *_rest = meeting.participants.order_by("pk")
    before = standing(case)
    for parts in (
        {"participants": [{"id": host.pk, "delete": True}]},
        {"participants": [{"id": host.pk, "attended": False}]},
        {"participants": [{"id": first.pk, "side": None}]},
        {"statements": [{"id": meeting.statements.get().pk, "delete": True}]},
    ):
        with pytest.raises(Refused):
            correct(case, county.clerk, **parts)
        case.refresh_from_db()
    assert standing(case) == before


def test_a_report_is_not_held_to_it(county):
    case = a_reported_case(county=county, stage="supervision")
    meeting = case.meetings.create(status="held", citation=case.citations.get())
    group = meeting.participants.create(capacity="masses", attended=True, count=None)
    correct(case, county.office, participants=[{"id": group.pk, "organisation": "村民代表"}])
    group.refresh_from_db()
    assert (group.organisation, group.count) == ("村民代表", None)


def test_a_planned_meeting_is_written_not_corrected(county):
    case = case_at("scheduled", county=county)
    with pytest.raises(Refused):
        correct(case, county.clerk, fields={"summary": "改写"})


def test_a_stale_correction_is_refused(county, case):
    with pytest.raises(JustChanged):
        correct(case, county.clerk, version=case.version - 1, fields={"summary": "改写"})


def test_an_ended_case_is_not_corrected(county):
    case = case_at("closed", county=county)
    with pytest.raises(Refused):
        correct(case, county.office, fields={"summary": "改写"})


@pytest.mark.parametrize("stage", ["deliberated", "filing", "handling"])
def test_nothing_joins_the_agreed_items_after_they_were_read_back(county, stage):
    case = case_at(stage, county=county)
    rows = [{"text": "没有商量过的一条", "route": "county"}]
    with pytest.raises(Refused):
        items.save_outcome(case, by=county.office, version=case.version, items=rows)
    assert case.items.count() == 1


@pytest.mark.parametrize("stage", ["deliberated", "filing", "handling"])
def test_their_wording_stays(county, stage):
    case = case_at(stage, county=county)
    rows = [{"id": case.items.get().pk, "text": "改了的说法"}]
    with pytest.raises(Refused):
        items.save_outcome(case, by=county.office, version=case.version, items=rows)
    assert case.items.get().text == "修复东沟第1段"


def test_history_never_holds_the_name_of_a_resident(county, case):
    """A line is written once: what stands in it could not be taken out on request."""
    meeting = case.meetings.get()
    kept = [{"id": one.pk} for one in meeting.participants.order_by("pk")]
    added = {"capacity": "masses", "name": "王大河", "organisation": "三组王大河家", "side": None,
             "count": 1, "attended": True}  # fmt: skip

    correct(case, county.clerk, participants=[*kept, added], fields={"summary": "王大河说了话"})

    told = str(case.events.get(action="correct_record").data)
    assert "王大河" not in told
    assert "王**说了话" in told
