"""Residents' names go after the time that the place keeps them; what happened stays on record."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from committees.models import AuditEntry, Parameter
from consultations.models import (
    Case,
    Commitment,
    Event,
    JobRun,
    Note,
    Participant,
    Statement,
    Suggestion,
    SupervisorLink,
)
from consultations.selectors.traces import GONE, is_person
from consultations.services import anonymising
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db
NAME, OTHER, OFFICIAL = "张大河", "张大河川", "李主持"


@pytest.fixture
def closed(county):
    """A closed case with residents named in every kind of paper."""
    case = case_at("scheduled", county=county, proposer=NAME)
    for action in ("conclude", "submit_outcome", "approve_outcome", "file"):
        step(case, action, county=county)
    meeting = case.meetings.get()
    person = Participant.objects.create(
        meeting=meeting, capacity="masses", name=NAME, attended=True
    )
    Participant.objects.create(meeting=meeting, capacity="party", name=OTHER, attended=True)
    Participant.objects.create(meeting=meeting, capacity="party", name="三组村民代表")
    Statement.objects.create(meeting=meeting, speaker=person, text=f"我叫{NAME}，先修东沟。")
    Note.objects.create(case=case, text=f"给{NAME}回了话", author=county.office)
    now = timezone.now()
    SupervisorLink.objects.create(case=case, called="王大娘", digest="d", issued_by=county.office,
                                  issued_at=now, expires_at=now + dt.timedelta(days=1))  # fmt: skip
    for action in (
        "(handle all)",
        "(write public text)",
        "open_rating",
        "publish",
        "(rate)",
        "close",
    ):
        step(case, action, county=county)
    Case.objects.filter(pk=case.pk).update(problem=f"{NAME}反映沟渠渗漏，{OTHER}也说过。")
    case.refresh_from_db()
    case.save()  # one more version with the name
    Commitment.objects.create(item=case.items.first(), promised_by=NAME, text="让水三天",
                              state="kept", checked_on="2026-11-01")  # fmt: skip
    return case


def long_ago(case, *, months: int) -> None:
    then = timezone.now() - dt.timedelta(days=31 * months)
    Case.objects.filter(pk=case.pk).update(stage_since=then)


def everything_kept() -> str:
    """All that the database holds, as a dump tells it."""
    out = io.StringIO()
    call_command("dumpdata", stdout=out, verbosity=0)
    return out.getvalue()


def test_names_go_everywhere_also_from_the_versions(closed):
    assert everything_kept().count(NAME) > 6
    long_ago(closed, months=25)

    assert anonymising.everything_due() == 1

    kept = everything_kept()
    assert NAME not in kept
    assert "王大娘" not in kept
    assert OFFICIAL in kept
    closed.refresh_from_db()
    assert closed.problem == f"{GONE}反映沟渠渗漏，{GONE}也说过。"
    assert closed.anonymised_at is not None


def test_what_happened_stays_on_record(closed):
    before = list(Event.objects.order_by("pk").values())
    people = Participant.objects.count()
    long_ago(closed, months=25)

    anonymising.everything_due()

    assert list(Event.objects.order_by("pk").values()) == before
    assert Participant.objects.count() == people
    closed.refresh_from_db()
    assert closed.stage == "closed"


@pytest.mark.parametrize(
    ("months", "ours", "gone"), [(23, None, 0), (25, None, 1), (25, 36, 0), (13, 12, 1)]
)
def test_the_time_is_that_of_the_place(closed, county, months, ours, gone):
    if ours:
        Parameter.objects.create(region=county.region, key="anonymise_months", value=ours,
                                 effective_from="2020-01-01")  # fmt: skip
    long_ago(closed, months=months)

    assert anonymising.everything_due() == gone


def test_a_case_that_goes_on_keeps_its_people(county):
    case = case_at("handling", county=county, proposer=NAME)
    long_ago(case, months=60)

    assert anonymising.everything_due() == 0


def test_twice_is_as_good_as_once_and_each_run_is_listed(closed):
    long_ago(closed, months=25)
    call_command("anonymise", stdout=io.StringIO())
    call_command("anonymise", stdout=io.StringIO())

    runs = JobRun.objects.filter(name="anonymise").order_by("pk")
    assert [run.changes for run in runs] == [1, 0]
    assert all(run.ended_at for run in runs)
    assert AuditEntry.objects.filter(kind="erased").count() == 1


def test_the_daily_command_does_it(closed):
    long_ago(closed, months=25)

    call_command("run_due", stdout=io.StringIO())

    assert JobRun.objects.get(name="anonymise").changes == 1


def test_a_dry_run_tells_how_many_and_changes_nothing(closed):
    long_ago(closed, months=25)
    before, out = everything_kept(), io.StringIO()

    call_command("anonymise", "--dry-run", stdout=out)

    assert everything_kept() == before
    assert closed.code in out.getvalue()
    assert NAME not in out.getvalue()


def test_the_audit_log_tells_how_much_and_not_whom(closed, county):
    long_ago(closed, months=25)
    anonymising.everything_due()

    entry = AuditEntry.objects.get(kind="erased")
    assert (entry.about, entry.actor) == (f"case:{closed.pk}", None)
    assert NAME not in entry.facts


def test_one_person_goes_on_request_and_the_others_stay(closed, county):
    anonymising.take_out(closed, [OTHER], by=county.office, why="本人要求")

    kept = everything_kept()
    assert OTHER not in kept
    assert NAME in kept
    assert "王大娘" in kept


def test_a_word_for_many_is_not_looked_for_in_texts(closed, county):
    anonymising.take_out(closed, ["三组村民代表"], by=county.office, why="本人要求")

    closed.refresh_from_db()
    assert "反映沟渠渗漏" in closed.problem
    assert not Participant.objects.filter(name="三组村民代表").exists()


def test_a_suggestion_loses_its_words_and_its_code_on_request(county):
    kept = Suggestion.objects.create(title="路灯不亮", problem="我家门口", place="三组12号",
                                     region=county.village, form_token="t")  # fmt: skip
    code = kept.query_code

    anonymising.erase_suggestion(kept, by=county.office, why="本人要求")

    kept.refresh_from_db()
    assert (kept.title, kept.problem, kept.wish, kept.place) == (GONE, GONE, "", "")
    assert kept.query_code != code


@pytest.mark.parametrize(("name", "person"), [
    ("张三", True), ("欧阳小明", True), ("阿依·古丽", True), ("王", False), ("村民代表", False),
    ("三组村民", False), ("王某", False), ("", False), ("部分业主", False),
])  # fmt: skip
def test_names_are_told_from_words_for_many(name, person):
    assert is_person(name) is person
