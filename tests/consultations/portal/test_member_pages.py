"""The pages of a member: meetings to answer, the studio's record, a topic, a follow-up."""

from __future__ import annotations

import pytest

from committees.models import AuditEntry, Member, StudioSeat
from consultations.models import Case, FollowUp, Meeting, MeetingAnswer
from tests.factories import a_case, a_county, case_at, task_at
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(county) -> Member:
    member = Member.objects.create(name="李望舒", user=county.member)
    StudioSeat.objects.create(studio=county.studio, kind="member", name="李望舒", member=member)
    return member


@pytest.fixture
def browser(county, me) -> Colleague:
    return Colleague(county.member)


def home(browser) -> str:
    return browser.open("/my/").text


# --- meetings -----------------------------------------------------------------------------------


def test_a_meeting_is_answered_in_one_tap_and_the_answer_may_change(county, browser, me):
    case = case_at("scheduled", county=county)
    meeting = case.meetings.get()
    assert case.title in home(browser)

    browser.send("answer=yes", box="member")
    assert MeetingAnswer.objects.get().is_coming
    browser.open("/my/")
    browser.send("answer=no", box="member")

    answer = MeetingAnswer.objects.get()
    assert (answer.meeting, answer.member, answer.is_coming) == (meeting, me, False)
    assert answer.answered_by == county.member
    assert AuditEntry.objects.filter(about=f"meeting:{meeting.pk}").count() == 2


def test_an_answer_asks_for_no_more_than_yes_or_no(county, browser):
    case_at("scheduled", county=county)
    browser.open("/my/")
    form = browser.page.form("member")
    hidden = {"csrfmiddlewaretoken", "one_time_key"}
    assert {*form.values, *form.choices} - hidden == {"member", "back", "reason"}
    assert not form.files


def test_why_not_may_be_said_and_goes_with_the_answer(county, browser, me):
    meeting = case_at("scheduled", county=county).meetings.get()
    browser.open("/my/")
    browser.send("answer=no", box="member", reason=" 出差 ")
    assert MeetingAnswer.objects.get().reason == "出差"
    assert "出差" in home(browser)
    assert "出差" not in str(AuditEntry.objects.values_list("facts", flat=True))
    browser.post(f"/my/meetings/{meeting.pk}/answer/",
                 {"member": me.pk, "answer": "yes", "reason": "出差"})  # fmt: skip
    assert MeetingAnswer.objects.get().reason == ""


@pytest.mark.parametrize("reason", ["长" * 101, "打 13812345678 找我"], ids=["long", "number"])
def test_a_reason_that_does_not_do_is_told_beside_its_box(county, browser, me, reason):
    meeting = case_at("scheduled", county=county).meetings.get()
    data = {"member": me.pk, "answer": "no", "reason": reason, "back": "/my/"}
    page = browser.post(f"/my/meetings/{meeting.pk}/answer/", data)
    assert page.status == 200
    assert page.form("reason").values["reason"] == [reason]
    assert not MeetingAnswer.objects.exists()


@pytest.mark.parametrize("change", [{"status": "held"}, {"status": "cancelled"}])
def test_what_is_over_is_not_answered(county, browser, me, change):
    meeting = case_at("scheduled", county=county).meetings.get()
    Meeting.objects.filter(pk=meeting.pk).update(**change)
    data = {"member": me.pk, "answer": "yes"}
    assert browser.post(f"/my/meetings/{meeting.pk}/answer/", data).status == 404
    assert not MeetingAnswer.objects.exists()


@pytest.mark.parametrize("data", [
    {"member": "1", "answer": "maybe"}, {"member": "x", "answer": "yes"},
    {"member": "9" * 40, "answer": "yes"}, {"answer": "yes"}, {"member": "999", "answer": "yes"},
])  # fmt: skip
def test_a_tampered_answer_is_not_found(county, browser, data):
    meeting = case_at("scheduled", county=county).meetings.get()
    assert browser.post(f"/my/meetings/{meeting.pk}/answer/", data).status == 404


def test_a_member_of_another_studio_neither_sees_nor_answers(county, me):
    other = a_county("539922", name="白塔县")
    stranger = Member.objects.create(name="王远", user=other.member)
    meeting = case_at("scheduled", county=county).meetings.get()
    browser = Colleague(other.member)
    assert meeting.case.title not in home(browser)
    data = {"member": stranger.pk, "answer": "yes"}
    assert browser.post(f"/my/meetings/{meeting.pk}/answer/", data).status == 404


def test_nobody_is_sent_elsewhere_after_an_answer(county, browser, me):
    meeting = case_at("scheduled", county=county).meetings.get()
    data = {"member": me.pk, "answer": "yes", "back": "https://elsewhere.example/my/"}
    assert browser.post(f"/my/meetings/{meeting.pk}/answer/", data).path == "/my/"


# --- the studio's record ------------------------------------------------------------------------


def test_the_studio_shows_cases_by_stage_and_what_was_promised_when(county, browser):
    case_at("approved", county=county, title="修桥")
    case_at("handling", county=county, title="分水", items=[{"commitments": 1}])
    task_at("tracked", county=county, title="路灯")

    answer = browser.client.get("/my/studio/")

    room = answer.context["rooms"][0]
    assert [block.stage for block in room["stages"]] == ["approved", "handling", "supervision"]
    assert [row.text for row in room["promises"].commitments] == ["插秧期让水三天"]
    assert len(room["promises"].in_plan) == 1
    assert "修桥" in home(browser)


def test_cases_of_another_studio_of_the_county_are_not_in_it(county, browser):
    other = a_case(county=county, title="别室的事")
    Case.objects.filter(pk=other.pk).update(studio=None)
    assert "别室的事" not in browser.open("/my/studio/").text + home(browser)


@pytest.mark.parametrize("role", ["county_office", "unit_officer", "party_approver", "leader"])
def test_who_sits_in_no_studio_has_none_of_these_pages(county, role):
    someone = Colleague(county.people[role])
    for url in ("/my/studio/", f"/my/studio/{county.studio.pk}/", "/my/topics/add/"):
        assert someone.open(url).status == 404


@pytest.mark.parametrize("cases_there", [1, 3])
def test_the_pages_ask_the_same_number_of_questions(county, client, me, cases_there,
                                                    django_assert_max_num_queries):  # fmt: skip
    for number in range(cases_there):
        case_at("scheduled", county=county, title=f"事{number}")
        case_at("handling", county=county, title=f"办{number}", items=[{"commitments": 1}])
    client.force_login(county.member)
    client.get("/my/")
    with django_assert_max_num_queries(36):
        client.get("/my/")
    with django_assert_max_num_queries(14):
        client.get("/my/studio/")


# --- a topic ------------------------------------------------------------------------------------
TOPIC = {"title": "集市停车难", "problem": "赶集日车停满街，救护车进不来。"}


def test_a_topic_is_recommended_and_sent_in_one_go(county, browser, me):
    page = browser.open("/my/topics/add/")
    assert page.typed("region") == "临河乡（539921100）"

    browser.send("send", **TOPIC)

    case = Case.objects.get()
    assert (case.stage, case.source, case.recommended_by) == ("proposed", "member", me)
    assert (case.studio, case.region) == (county.studio, county.township)
    assert browser.page.path == f"/my/cases/{case.pk}/"


def test_a_topic_may_stay_a_draft(county, browser, me):
    browser.open("/my/topics/add/")
    browser.send("draft", **TOPIC)
    assert Case.objects.get().stage == "draft"


def test_the_place_is_found_by_its_initials(county, browser):
    type(county.village).objects.filter(pk=county.village.pk).update(initials="lsc")
    browser.open("/my/topics/add/")
    browser.send("send", region="lsc", **TOPIC)
    assert Case.objects.get().region == county.village


def test_similar_cases_are_shown_once_before_it_is_sent(county, browser):
    for title in ("集市停车难在老街", "集市停车难在新街"):
        a_case(county=county, title=title, problem="赶集日车停满街，救护车进不来。")
    before = Case.objects.count()
    browser.open("/my/topics/add/")

    page = browser.send("send", **TOPIC)
    assert Case.objects.count() == before
    assert "集市停车难在老街" in page.text
    assert page.typed("title") == TOPIC["title"]
    browser.send("send", box="title")

    assert Case.objects.filter(title=TOPIC["title"], stage="proposed").count() == 1


@pytest.mark.parametrize(("box", "typed"), [
    ("title", ""), ("title", "长" * 61), ("problem", ""), ("problem", "找13887654321"),
    ("region", "没有的地方"), ("region", "邻县"), ("region", ""),
])  # fmt: skip
def test_a_mistake_stands_beside_its_box_and_nothing_typed_is_lost(county, browser, box, typed):
    a_county("539999", name="邻县")
    browser.open("/my/topics/add/")
    page = browser.send("send", **TOPIC | {box: typed})
    assert page.status == 200
    assert page.error_of(box)
    kept = {name: page.typed(name) for name in TOPIC}
    assert kept == {name: (TOPIC | {box: typed})[name] for name in TOPIC}
    assert not Case.objects.exists()


def test_a_topic_without_its_sensitivity_stays_a_draft_and_says_why(county, browser):
    browser.open("/my/topics/add/")
    page = browser.send("send", sensitivity="", **TOPIC)
    assert Case.objects.get().stage == "draft"
    assert "alert--bad" in {name for e in page.root for name in e.classes}


# --- follow-up, visit, verification -------------------------------------------------------------


def test_an_inspection_is_on_record_with_its_member(county, browser, me):
    case = case_at("handling", county=county)
    browser.open(f"/my/cases/{case.pk}/")
    browser.follow("/follow-up/")
    browser.send(box="finding", kind="inspection", finding="路面平了。", members=str(me.pk))
    follow_up = FollowUp.objects.get()
    assert list(follow_up.members.all()) == [me]
    assert browser.page.path == f"/my/cases/{case.pk}/"


def test_a_mistake_in_a_follow_up_loses_nothing(county, browser):
    case = case_at("handling", county=county)
    browser.open(f"/my/cases/{case.pk}/follow-up/")
    page = browser.send(box="finding", kind="", finding="路面平了。", done_on="2099-01-01")
    assert page.error_of("kind")
    assert page.error_of("done_on")
    assert page.typed("finding") == "路面平了。"


def test_a_follow_up_belongs_to_a_case_that_was_handed_over(county, browser):
    case = case_at("approved", county=county)
    assert browser.open(f"/my/cases/{case.pk}/follow-up/").status == 404


def test_a_task_to_verify_is_two_taps_from_the_start(county, browser):
    task = task_at("answered", county=county)
    browser.open("/my/")
    browser.follow(f"/my/tasks/{task.pk}/")
    assert any("/verify" in link for link in browser.page.links)
