"""What is typed into a public case is scanned when it is typed."""

from __future__ import annotations

import pytest
from django.db import transaction

from committees.partial_dates import PartialDate
from consultations.models import Case, Event, FollowUp, Side
from consultations.services import cases, corrections, followups, items, milestones, records
from consultations.workflow.engine import Refused
from tests.factories import a_committee, a_county, a_region, case_at
from tests.public_cases import a_public_case

pytestmark = pytest.mark.django_db

PHONE = "回访张大爷，电话 13812345678"
FOLLOW_UP = {"kind": "inspection", "done_on": PartialDate.parse("2026-01-05")}


def attempts(case: Case, office) -> dict:
    """Every way in which text comes to the public page of a case that is public already."""
    version = {"by": office, "version": case.version}
    item, meeting = case.items.first(), case.meetings.first()
    row = {"id": item.pk, "text": item.text, "measure": PHONE}
    metric = {"name": PHONE, "before": 1, "after": 2, "unit": "天", "exactness": "exact"}
    return {
        "topic": lambda: records.edit(case, changes={"wish": PHONE}, **version),
        "sides": lambda: records.save_sides(
            case, rows=[{"name": "上游", "interest": PHONE}], **version
        ),
        "figures": lambda: records.save_figures(case, metrics=[metric], funds=[], **version),
        "follow-up": lambda: followups.record_follow_up(
            case, by=office, finding=PHONE, **FOLLOW_UP
        ),
        "outcome": lambda: items.save_outcome(case, items=[row], **version),
        "meeting": lambda: corrections.correct_record(
            meeting, reason="补充", fields={"summary": PHONE}, **version
        ),
        "reason": lambda: corrections.correct_record(
            meeting, reason=PHONE, fields={"summary": "补充。"}, **version
        ),
        "milestone": lambda: milestones.save_milestone(item, row={"title": PHONE}, **version),
        "joint host": lambda: records.edit(
            case, changes={}, co_hosts=[{"committee": a_committee(a_region("539998")), "part": PHONE}],
            **version,
        ),
        "step": lambda: cases.advance(
            case, "terminate", by=a_county().leader, data={"reason": PHONE}
        ),
    }  # fmt: skip


@pytest.fixture
def shown(db) -> Case:
    return a_public_case()


def test_a_phone_number_is_refused_on_every_way_to_the_public_page(shown):
    before = (Event.objects.count(), Side.objects.count(), FollowUp.objects.count())
    for name, attempt in attempts(shown, a_county().office).items():
        with pytest.raises(Refused) as refused, transaction.atomic():
            attempt()
        assert "Personal data" in str(refused.value.reasons) or "个人信息" in str(
            refused.value.reasons
        ), (name, refused.value.reasons)
        shown.refresh_from_db()
    assert (Event.objects.count(), Side.objects.count(), FollowUp.objects.count()) == before


def test_what_stays_inside_may_hold_it(shown):
    office = a_county().office

    followups.record_follow_up(shown, by=office, finding=PHONE, is_public=False, **FOLLOW_UP)
    meeting = shown.meetings.first()
    corrections.correct_record(
        meeting, by=office, version=shown.version, reason="补充", fields={"minutes": PHONE}
    )

    meeting.refresh_from_db()
    assert meeting.minutes == PHONE


def test_a_case_that_is_not_public_may_hold_it_until_it_is_released():
    case = case_at("handling")

    followups.record_follow_up(case, by=a_county().office, finding=PHONE, **FOLLOW_UP)

    assert case.follow_ups.get().finding == PHONE
