"""From the hand-over to three units to the look-back that finds the trouble back: clocks, notices,
figures. Everybody acts through pages; what is kept is asked of the database at chosen points."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.utils.translation import gettext as _

from consultations.models import LookBack, Overdue, Rating
from consultations.selectors.lights import Light
from consultations.workflow.cases import PublicStage, Stage
from consultations.workflow.hearing import NoticeKind as K
from consultations.workflow.tasks import TaskState
from tests.journeys import way
from tests.journeys.office import hidden_from, mistake, record_of, refuse, take, write
from tests.journeys.visitors import Visitor
from tests.journeys.walk import BEGIN, Walk, with_more_units

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
BODY = "一、坝口渗水已用水泥砌好，三处都不渗了。\n二、沟边道路已清理。"
EMPTY = "一、我局高度重视坝口渗水，正在研究。"
WATER = {"unit_officer", "unit_leader", "double_leader", "both"}
FOREST = "县林业和草原局"
ROADS = {"other_officer", "other_leader", "double_leader"}
OFFICE, WITNESS = {"county_office", "office2"}, {"village_clerk", "member", "both"}


@pytest.fixture
def walk(town, elsewhere):
    with_more_units(town)
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield Walk(town, elsewhere, clock)


def test_from_the_hand_over_to_the_look_back(walk):
    handed_over(walk)
    passed_on_until_a_conference(walk)
    opinions_settled(walk)
    extended(walk)
    late_once(walk)
    replied(walk)
    not_true_then_true(walk)
    rated_bad_and_handled_again(walk)
    closed(walk)
    came_back(walk)


def handed_over(walk: Walk) -> None:
    """Each unit hears of its own task, and does not see those of the others."""
    town, leader = walk.town, {"farm_officer", "farm_leader"}
    for task, people in ((walk.lead, WATER), (walk.roads, ROADS), (walk.farm, leader)):
        assert walk.heard(task) == {K.TASK_NEW: people}
    assert (walk.lead.due_on, walk.roads.due_on) == (dt.date(2026, 5, 1), dt.date(2026, 4, 2))
    assert hidden_from(town.farm_officer, walk.roads)
    take(walk.lead, "sign_for", town.officer, handler="王工", wrong=[town.farm_officer])
    take(walk.farm, "sign_for", town.farm_officer, wrong=[town.officer])


def passed_on_until_a_conference(walk: Walk) -> None:
    """Two units return the assisting task; then a conference binds the first of them."""
    town, task, county = walk.town, walk.roads, walk.town.county
    words = {"reason": "这段沟在林区。", "basis": "权责清单第三项", "suggested_unit": FOREST}
    walk.on(3, 4)
    assert mistake(task, "request_return", town.other_leader, reason="不归我们。").error_of("basis")
    take(task, "request_return", town.other_leader, **words,
         wrong=[town.other_officer, town.unit_leader, walk.elsewhere.other_leader])  # fmt: skip
    assert walk.heard(task) == {K.TASK_ASKS: OFFICE | {"dispatch_office"}}

    walk.on(3, 5)
    take(task, "reassign", town.dispatch_office, unit=FOREST, reason="核对属实。",
         wrong=[town.other_leader, town.clerk, walk.elsewhere.office])  # fmt: skip
    assert walk.heard(task) == {
        K.TASK_NEW: {"forest_officer", "forest_leader"}, K.TASK_DECIDED: ROADS,
    }  # fmt: skip
    assert hidden_from(town.other_officer, task)

    walk.on(3, 9)
    back = {"unit": county.other_unit.name, "reason": "会商决定。"}
    take(task, "request_return", town.forest_leader, **words | {"suggested_unit": "县交通运输局"})
    mistake(task, "reassign", town.office, **back)
    take(task, "reassign", town.office, **back, held_on=way.day(), participants="交通、林草、水务",
         minutes="由县交通运输局会办。", wrong=[town.forest_leader, town.leader])  # fmt: skip
    refuse(task, "request_return", town.other_leader, **words)
    assert (task.unit, task.bounces) == (county.other_unit, 2)
    take(task, "sign_for", town.other_officer, wrong=[town.forest_officer])
    spent = [(spell.unit, spell.used) for spell in walk.time_of(task).spells]
    assert spent == [("县交通运输局", 3), ("县林业和草原局", 2), ("县交通运输局", 0)]
    assert "由县交通运输局会办。" in town.office.open(record_of(task)).text


def opinions_settled(walk: Walk) -> None:
    """One unit agrees and one does not: nothing is signed until that is settled."""
    town, lead = walk.town, walk.lead
    walk.on(3, 11)
    take(walk.farm, "give_opinion", town.farm_officer, text="同意。", stance="agrees")
    assert walk.heard(walk.farm) == {K.TASK_ANSWERS: WATER}
    take(walk.roads, "give_opinion", town.other_officer, text="先修路再修沟。", stance="disagrees",
         wrong=[town.officer, town.farm_officer])  # fmt: skip
    assert walk.heard(walk.roads) == {K.TASK_ANSWERS: WATER}
    take(lead, "draft_reply", town.officer, body=EMPTY, result_class="A")
    why = refuse(lead, "reply", town.unit_leader, flags_confirmed="on")
    assert _("%s disagrees: settle it first, then answer.") % "县交通运输局" in why.complaints
    take(lead, "settle_dispute", town.unit_leader, level="lead", settled_on=way.day(),
         position="汛期前先修沟。", text="沟先修，路面由交通局恢复。",
         wrong=[town.other_leader, town.officer])  # fmt: skip
    assert walk.heard(lead) == {K.TASK_ANSWERS: OFFICE}
    assert "沟先修，路面由交通局恢复。" in town.office.open(record_of(lead)).text
    assert not walk.time_of(walk.roads).is_running


def extended(walk: Walk) -> None:
    """Asked for in time and granted; the date says so, and who raised the matter hears of it."""
    town, lead = walk.town, walk.lead
    walk.on(4, 20)
    take(lead, "request_extension", town.unit_leader, new_due_on="2026-05-20", reason="雨水多。",
         wrong=[town.officer, town.other_leader])  # fmt: skip
    assert walk.heard(lead) == {K.TASK_ASKS: OFFICE | {"dispatch_office"}}
    walk.on(4, 21)
    take(lead, "grant_extension", town.dispatch_office, wrong=[town.unit_leader, town.clerk])
    assert walk.heard(lead) == {K.TASK_DECIDED: WATER, K.CASE_MOVED: {"liaison"}}
    assert lead.due_on == dt.date(2026, 5, 20)


def late_once(walk: Walk) -> None:
    """Overdue is written and told once, however often the daily command runs."""
    town, lead = walk.town, walk.lead
    walk.on(5, 22)
    for _run in range(2):
        call_command("run_due")
    row = Overdue.objects.get()
    assert (row.task, row.unit, row.since) == (lead, town.county.unit, dt.date(2026, 5, 21))
    assert lead.events.filter(action="overdue").count() == 1
    assert walk.told(f"overdue:{row.pk}") == {K.OVERDUE: WATER | OFFICE | {"dispatch_office"}}
    assert str(Light.RED.label) in town.officer.open(record_of(lead)).text
    assert way.TITLE in town.office.open("/admin/").text
    assert str(Light.RED.label) not in town.farm_officer.open(record_of(walk.farm)).text


def answer(walk: Walk, number: str) -> None:
    take(walk.lead, "draft_reply", walk.town.officer, body=BODY, result_class="A")
    take(walk.lead, "reply", walk.town.unit_leader, number=number)


def replied(walk: Walk) -> None:
    """Signed with what is pointed out, returned, corrected, accepted."""
    town, lead = walk.town, walk.lead
    assert mistake(lead, "reply", town.unit_leader).error_of("flags_confirmed")
    take(lead, "reply", town.unit_leader, flags_confirmed=True, wrong=[town.officer])
    assert "高度重视" in town.office.open(record_of(lead)).text
    take(
        lead, "return_reply", town.office, reason="没有写明修了几处。", wrong=[town.dispatch_office]
    )
    assert walk.heard(lead) == {K.TASK_BACK: WATER}
    assert "没有写明修了几处。" in town.officer.open(record_of(lead)).text
    walk.on(5, 26)
    answer(walk, "水复〔1〕号")
    take(lead, "accept_reply", town.office2, wrong=[town.unit_leader, town.clerk])
    assert lead.state == TaskState.ANSWERED
    assert walk.heard(lead) == {
        K.TASK_DECIDED: WATER, K.TO_VERIFY: WITNESS - {"both"}, K.CASE_MOVED: {"liaison"},
    }  # fmt: skip
    quoted = [one.text for one in lead.latest_reply.opinions.order_by("pk")]
    assert quoted == ["同意。", "先修路再修沟。"]


def not_true_then_true(walk: Walk) -> None:
    """Found not to be done, it has a date of its own; a pause is nobody's."""
    town, lead = walk.town, walk.lead
    seen = {"method": "site", "finding": "二组坝口还在渗水。", "reason": "二组坝口还在渗水。"}
    walk.on(6, 8)
    take(lead, "verify_false", town.member, **seen,
         wrong=[town.both, town.officer, town.unit_leader, walk.elsewhere.member])  # fmt: skip
    assert walk.heard(lead) == {K.TASK_BACK: WATER, K.CASE_MOVED: {"liaison"}}
    assert (lead.state, lead.false_completions) == (TaskState.HANDLING, 1)
    assert lead.due_on == dt.date(2026, 7, 8)
    walk.on(6, 10)
    take(lead, "suspend", town.office, cause="season", until="2026-06-30", reason="汛期。")
    walk.on(6, 16)
    take(lead, "resume", town.dispatch_office)
    answer(walk, "水复〔2〕号")
    take(lead, "accept_reply", town.office)
    take(lead, "verify_true", town.village_clerk, method="site", finding="三处都不渗了。",
         wrong=[town.both, town.clerk])  # fmt: skip
    (spell,) = walk.time_of(lead).spells
    assert (spell.paused, spell.elsewhere) == (4, 9)
    walk.case.refresh_from_db()
    assert walk.case.stage == Stage.SUPERVISION


def figure(words: str) -> int:
    """A figure of the public home page, counted now."""
    cache.clear()
    counts = next(e for e in Visitor().open("/").root if "counts" in e.classes)
    (row,) = [e.words for e in counts if e.name == "div" and words in e.words]
    return int(row.removeprefix(words))


def rated_bad_and_handled_again(walk: Walk) -> None:
    """Two say with a reason that it is not good; judged justified, the unit handles it again."""
    town, case, lead = walk.town, walk.case, walk.lead
    way.publish(town, case)
    assert figure(_("Tasks verified as really done")) == 1
    take(case, "open_rating", town.office, wrong=[town.clerk, town.unit_leader])
    walk.on(6, 24)
    write(case, "rating/", town.clerk, rater="affected", channel="paper", result="dissatisfied",
          count="2", asked="10", reason="二组坝口下雨又漏。", wrong=[town.officer, town.leader])  # fmt: skip
    refuse(case, "close", town.clerk)
    assert mistake(case, "close", town.office).error_of("unhappy_answer")
    judged = {"verdict": "yes", "reason": "到现场看过，确实又漏。", "tasks": [str(lead.pk)]}
    page = f"rating/{Rating.objects.get().pk}/judge/"
    write(case, page, town.office, **judged, wrong=[town.clerk, town.unit_leader, town.member])
    lead.refresh_from_db()
    assert (case.stage, case.rounds, case.relapses) == (Stage.HANDLING, 2, 0)
    assert (lead.state, lead.round, lead.due_on) == (TaskState.HANDLING, 2, dt.date(2026, 7, 24))
    assert walk.heard(lead) == {K.TASK_BACK: WATER, K.CASE_MOVED: {"liaison"}}
    assert walk.heard(case) == {K.CASE_MOVED: {"liaison"}}
    assert figure(_("Tasks verified as really done")) == 0
    assert str(PublicStage.HANDLING.label) in Visitor().open(f"/cases/{case.pk}/").text


def closed(walk: Walk) -> None:
    """Answered, looked at and rated again; in half a year somebody looks whether it held."""
    town, case, lead = walk.town, walk.case, walk.lead
    walk.on(6, 29)
    answer(walk, "水复〔3〕号")
    take(lead, "accept_reply", town.office)
    take(lead, "verify_true", town.member, method="household", finding="两户都说不漏了。")
    case.refresh_from_db()
    take(case, "open_rating", town.office)
    write(case, "rating/", town.clerk, rater="affected", channel="paper", result="satisfied",
          count="7", asked="10")  # fmt: skip
    take(case, "close", town.office, wrong=[town.clerk, town.leader, walk.elsewhere.office])
    assert (case.stage, case.look_back_on) == (Stage.CLOSED, dt.date(2026, 12, 29))
    first, second = walk.time_of(lead).spells
    assert (first.round, second.round, second.used) == (1, 2, 3)
    assert figure(_("of which closed")) == figure(_("Tasks verified as really done")) == 1


def came_back(walk: Walk) -> None:
    """The day brings it to the office; what came back is a round of its own, counted openly."""
    town, case, lead = walk.town, walk.case, walk.lead
    walk.on(12, 28)
    why = refuse(lead, "reopen", town.office, reason="又漏了。")
    assert _("After %s rounds the leader decides.") % 2 in why.complaints
    block = _("Closed cases to look back at")
    assert block not in town.office.open("/admin/").text
    walk.on(12, 29)
    for _run in range(2):
        call_command("run_due")
    assert walk.told(f"look_again:{case.pk}:2026-12-29") == {K.DATE_CAME: OFFICE}
    assert block in town.office.open("/admin/").text
    found = {"outcome": "relapsed", "finding": "冬灌时二组坝口又渗。"}
    write(case, "look-back/", town.office, **found, tasks=[str(lead.pk)],
          wrong=[town.clerk, town.member, town.officer, walk.elsewhere.office])  # fmt: skip

    lead.refresh_from_db()
    seen = LookBack.objects.get()
    assert (seen.opened_round, seen.due_on) == (3, dt.date(2026, 12, 29))
    assert (case.stage, case.rounds, case.relapses) == (Stage.HANDLING, 3, 1)
    assert (lead.round, lead.due_on) == (3, dt.date(2027, 1, 29))
    assert walk.heard(lead) == {K.TASK_BACK: WATER, K.CASE_MOVED: {"liaison"}}
    assert [spell.round for spell in walk.time_of(lead).spells] == [1, 2, 3]
    assert found["finding"] in town.office.open(record_of(case)).text
    shown = Visitor().open(f"/cases/{case.pk}/").text
    assert str(PublicStage.HANDLING.label) in shown
    assert figure(_("of which closed")) == figure(_("Tasks verified as really done")) == 0
    assert figure(_("Came back after the end, and were taken up again")) == 1
    assert block not in town.office.open("/admin/").text
    assert Overdue.objects.count() == 1
