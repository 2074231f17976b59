"""Rows of `test_constraints` for what follows the hand-over, and for the working calendar."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from committees import models as who
from consultations import models as what
from tests.factories import a_case, a_county, task_at, walk_task

DAY = dt.date(2026, 6, 10)
EVE = DAY - dt.timedelta(days=1)


def verification():
    return walk_task(task_at("handling"), "verified").verifications.get()


def year():
    return who.WorkCalendarYear.objects.create(year=2031, document="放假通知")


def conversion():
    return a_case().conversions.create(kind="proposal", title="修渠提案")


def follow_up():
    return a_case().follow_ups.create(
        kind="appraisal", done_on="2026-06", finding="评议。", asked=9
    )


def supervision(**fields):
    return what.KeySupervision.objects.create(
        case=a_case(), leader="县政协主席", aim="东沟通水", began_on=DAY, set_by=a_county().office, **fields
    )  # fmt: skip


def of_case():
    return a_case().look_backs.create(
        outcome="holds", finding="水还在流。", looked_by=a_county().office
    )


def of_promise():
    task = task_at("tracked")
    return task.look_backs.create(
        case=task.case, outcome="slipped", finding="延后。", looked_by=a_county().office,
        promise_before=EVE, promise_on=DAY,
    )  # fmt: skip


def rating():
    return a_case().ratings.create(rater="affected", channel="paper", result="dissatisfied")


def asked():
    return a_case().asked.create(
        rater="affected", channel="paper", count=9, entered_by=a_county().office
    )


def slip(**fields):
    county = a_county()
    return a_case().rating_codes.create(
        rater="affected", digest="a", issued_by=county.office,
        expires_at=timezone.now() + dt.timedelta(days=9), **fields,
    )  # fmt: skip


# constraint | a record that is fine | the change that breaks it
CHECKS = {
    "work_calendar_year_range": (year, {"year": 1999}),
    "work_calendar_year_has_document": (year, {"document": ""}),
    "work_calendar_day_known_kind": (
        lambda: who.WorkCalendarDay.objects.create(date=dt.date(2031, 1, 1), kind="off"),
        {"kind": "half"}),
    "conversion_answer_has_words": (conversion, {"answered_on": DAY}),
    "verification_partly_is_not_true": (verification, {"is_partly": True}),
    "follow_up_tally_of_appraisal": (follow_up, {"kind": "inspection"}),
    "key_supervision_ends_after_start": (supervision, {"ended_on": EVE, "result": "通了水。"}),
    "key_supervision_end_has_result": (supervision, {"ended_on": DAY}),
    "look_back_fits_subject": (of_case, {"outcome": "given_up"}),
    "look_back_has_finding": (of_case, {"finding": ""}),
    "look_back_slip_is_later": (of_promise, {"promise_on": EVE}),
    "look_back_relapse_opens_round": (of_case, {"outcome": "relapsed"}),
    "rating_judged_by_somebody": (rating, {"justified": True}),
    "asked_count_from_one": (asked, {"count": 0}),
    "rating_code_ends_after_issue": (
        slip, {"expires_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}),
    "rating_code_revoked_by_somebody": (slip, {"revoked_at": timezone.now()}),
    "rating_code_used_or_revoked": (
        lambda: slip(revoked_at=timezone.now(), revoked_by=a_county().office),
        {"used_at": timezone.now()}),
}  # fmt: skip

# constraint | a record | fields in which a second one is allowed to differ, and then may stand
UNIQUES = {
    "empty_phrase_unique": (
        lambda: who.EmptyPhrase.objects.create(region=a_county().region, phrase="高度重视"),
        {"phrase": "进一步加强"}),
    "key_supervision_one_open": (supervision, {"ended_on": DAY, "result": "通了水。"}),
}  # fmt: skip
