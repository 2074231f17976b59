"""The demonstration story: complete, marked, walked by the rules, and the same on any day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from committees.models import HandlingUnit, Member, Origin, Region, Role, Room, Studio, User
from consultations.demo.people import MAIN, PASSWORD
from consultations.demo.places import COUNTY, PREFECTURE
from consultations.demo.seed import seed
from consultations.models import (
    Advice,
    Campaign,
    Case,
    CoHost,
    Event,
    FirstContact,
    HomeBlock,
    KeySupervision,
    MediaReport,
    MeetingAnswer,
    Milestone,
    Note,
    SavedView,
    Suggestion,
    Task,
    Urging,
)
from consultations.selectors.cases import cases_for, tasks_for
from consultations.selectors.lights import Light, lights_now
from consultations.selectors.public_blocks import notices_of
from consultations.selectors.urgings import OF_STANDING, Standing
from consultations.services import ladder, overdue
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState
from tests.consultations.reference import reference_data
from tests.offered import offer_for


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The story told once for all tests of this file, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference_data()
        assert seed()
        yield
        transaction.set_rollback(True)


def the_case(title: str) -> Case:
    return Case.objects.get(origin=Origin.DEMO, title__contains=title)


def person(username: str) -> User:
    return User.objects.get(username=username)


# --- complete -----------------------------------------------------------------------------------


def test_every_stage_occurs(story, db):
    assert set(Case.objects.values_list("stage", flat=True)) == set(Stage.values)


def test_every_state_of_a_task_and_every_light_occurs(story, db):
    tasks = list(Task.objects.all())

    assert {task.state for task in tasks} == set(TaskState.values)
    lights = lights_now()
    assert {lights.of_task(task, case=task.case) for task in tasks} == set(Light)


def test_every_rung_of_the_ladder_occurs_and_slips_in_every_standing(story, db):
    assert set(Urging.objects.values_list("rung", flat=True)) == set(Urging.Rung.values)
    for standing in ("waiting", "unanswered", "answered", "reminded"):
        assert Urging.objects.filter(OF_STANDING[Standing(standing)]).exists(), standing
    assert not any(overdue.write()), "a passed date was left out"
    assert not any(ladder.climb()), "a rung was left out"


def test_every_fate_of_a_suggestion_occurs(story, db):
    assert set(Suggestion.objects.values_list("state", flat=True)) == set(Suggestion.State.values)


def test_the_harder_turns_occur(story, db):
    taken = set(Event.objects.values_list("action", flat=True))

    assert taken >= {
        "postpone", "return_outcome", "convert", "reconsider", "restrict", "reopen", "look_back",
        "reassign", "grant_extension", "suspend", "accept_by_lapse", "verify_false", "give_opinion",
        "check_commitment", "follow_up", "rate", "verify_partly", "note_dissent", "look_again",
        "begin_key_supervision", "issue_rating_codes", "urge_withdraw",
    }  # fmt: skip
    assert the_case("三轮车").relapses == 1
    assert the_case("桥栏").tasks.get(title="修复七米栏杆").conferences.exists()
    assert the_case("垃圾桶").ratings.filter(channel="code").count() == 5
    assert the_case("竹编").meetings.filter(status="held").count() == 3
    assert the_case("县医院").metrics.get(is_headline=True).after == 4
    assert the_case("大棚租金").items.filter(commitments__condition__gt="").exists()


def test_every_role_has_an_account_that_signs_in(story, db):
    assert {account.role for account in MAIN} == set(Role.values)
    for account in MAIN:
        assert authenticate(username=account.username, password=PASSWORD) is not None


@pytest.mark.parametrize(
    ("username", "title", "action"),
    [
        ("office", "农机没处停", "file"),
        ("office2", "校车停在弯道上", "publish"),
        ("leader", "梯田石埂", "approve"),
        ("leader", "屋后的核桃树", "reconsider"),
        ("party", "红白事", "approve_outcome"),
        ("party", "红白事", "return_outcome"),
        ("liaison", "集镇摊位怎么摆", "conclude"),
    ],
)
def test_what_an_account_is_told_to_try_is_offered_to_it(story, db, username, title, action):
    assert offer_for(person(username), the_case(title), action) is not None


@pytest.mark.parametrize(
    ("username", "task", "action"),
    [
        ("office", "修复三处断线", "accept_reply"),
        ("member", "补装三盏路灯", "verify_true"),
        ("dispatch", "设护栏和斑马线", "reassign"),
        ("dispatch", "受理加装申请", "grant_extension"),
        ("officer", "平整空地", "sign_for"),
        ("officer", "修复七米栏杆", "report_progress"),
        ("unitleader", "安装反光桩", "reply"),
    ],
)
def test_what_an_account_is_told_to_try_on_a_task_is_open(story, db, username, task, action):
    found = Task.objects.get(title__contains=task)

    assert offer_for(person(username), found, action).is_open


def test_the_director_learns_what_is_missing_before_the_outcome_goes_on(story, db):
    offer = offer_for(person("director"), the_case("沟水怎么轮"), "submit_outcome")

    assert len(offer.reasons) == 1
    assert all(f"第 {number} 条" in offer.reasons[0] for number in (2, 3))


def test_a_restricted_case_is_hidden_from_units_and_offices_above(story, db):
    hidden = the_case("征地面积")

    assert hidden in cases_for(person("office"))
    assert hidden not in cases_for(person("prefecture"))
    assert not tasks_for(person("officer.land")).filter(case=hidden).exists()


# --- marked -------------------------------------------------------------------------------------


def test_everything_is_marked_and_nothing_counts(story, db):
    assert not Case.objects.countable().exists()
    for model in (Case, Studio, Room, HandlingUnit, Member, Campaign, Advice):
        assert set(model.objects.values_list("origin", flat=True)) == {Origin.DEMO}
    for model in (User, Suggestion):
        assert set(model.objects.values_list("is_demo", flat=True)) == {True}
    assert not Region.objects.real().filter(code__startswith=PREFECTURE).exists()


# --- walked by the rules ------------------------------------------------------------------------


def test_the_history_of_every_case_leads_to_its_stage(story, db):
    for case in Case.objects.all():
        stage = ""
        for event in case.events.filter(task=None).order_by("pk"):
            assert event.from_stage == stage, (case, event)
            stage = event.to_stage
        assert stage == case.stage


def test_the_history_of_every_task_leads_to_its_state(story, db):
    for task in Task.objects.all():
        state = TaskState.DRAFTED
        for event in task.events.order_by("pk"):
            assert event.from_stage == state, (task, event)
            state = event.to_stage
        assert state == task.state


def test_time_only_runs_forward_and_ends_before_now(story, db):
    times = list(Event.objects.order_by("pk").values_list("at", flat=True))

    assert times == sorted(times)
    assert times[-1] < timezone.now()
    assert times[0] < timezone.now() - dt.timedelta(days=365)


def test_numbers_follow_the_calendar(story, db):
    cases = Case.objects.order_by("created_at", "pk").values_list("code", flat=True)

    assert list(cases) == sorted(cases)


def test_every_published_text_was_released_by_a_second_person(story, db):
    shown = Case.objects.public()

    assert shown.count() >= 15
    for case in shown:
        released = case.events.filter(action="publish").latest("pk")
        assert released.actor != case.summary_by


# --- the commands -------------------------------------------------------------------------------


def test_a_second_run_changes_nothing(story, db, capsys):
    before = (Case.objects.count(), Event.objects.count(), User.objects.count())

    call_command("seed_demo")

    assert (Case.objects.count(), Event.objects.count(), User.objects.count()) == before
    assert capsys.readouterr().out.strip()


def test_the_accounts_are_printed_with_what_to_try(story, db, capsys):
    call_command("demo_accounts")

    printed = capsys.readouterr().out
    assert PASSWORD in printed
    for account in MAIN:
        assert account.username in printed
        assert account.tries in printed


def test_milestones_a_joint_host_and_a_correction_occur(story, db):
    today = timezone.localdate()
    steps = Milestone.objects.filter(item__case__origin="demo")
    assert steps.filter(done_on__isnull=False).exists()
    assert steps.filter(done_on=None, due_on__lt=today).exists()
    assert steps.filter(done_on=None, due_on__gte=today).exists()
    assert CoHost.objects.get(case__origin="demo").committee.is_demo
    assert Event.objects.get(action="correct_record").reason


def test_what_stands_around_the_cases_occurs_too(story, db):
    """No page that a newcomer opens is empty because nobody thought of it."""
    county = Region.objects.get(code=COUNTY)
    roads = HandlingUnit.objects.get(parent__isnull=False)
    former, now = roads.parent.contacts.order_by("valid_from")
    assert former.valid_until < now.valid_from
    assert not HandlingUnit.objects.filter(contacts=None, parent=None).exists()
    assert not HandlingUnit.objects.filter(remits=None, parent=None).exists()
    agenda = the_case("县医院").meetings.get().agenda.order_by("order", "pk")
    assert [point.order for point in agenda if point.starts_at < point.ends_at] == [1, 2, 3, 4]
    for model in (MediaReport, FirstContact, KeySupervision, MeetingAnswer, Note, SavedView):
        assert model.objects.exists(), model
    assert Note.objects.filter(mentions=person("office"), is_pinned=True).exists()
    assert notices_of(county.code)
    assert not HomeBlock.objects.filter(region=None).exists()
