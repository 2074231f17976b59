"""Joint tasks: opinions, required or not; disagreement is settled; one reply quotes them all."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from consultations.models import Task
from consultations.selectors.joint import beside, joint_handling
from consultations.selectors.lights import Light, Limits, light_of
from consultations.workflow.engine import Refused
from tests.factories import a_task, task_at, task_step, walk_task

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def lead(county) -> Task:
    task = task_at("handling", county=county)
    Task.objects.filter(pk=task.pk).update(role="lead")
    task.refresh_from_db()
    return task


def assistant(lead, county, *, unit=None, **fields) -> Task:
    """In the hands of the assisting unit."""
    task = a_task(lead.item, unit=unit or county.other_unit, role="assist", lead=lead, **fields)
    task_step(task, "dispatch", county=county)
    return walk_task(task, "handling", county=county)


def drafted(lead, county):
    task_step(lead, "draft_reply", county=county)
    return lead


def test_the_one_reply_waits_for_every_required_opinion(county, lead):
    assistant(lead, county)
    drafted(lead, county)

    with pytest.raises(Refused) as refused:
        task_step(lead, "reply", county=county)

    assert "县交通运输局" in refused.value.reasons[0]


def test_an_opinion_that_is_not_required_keeps_nobody_waiting(county, lead):
    assistant(lead, county, opinion_optional=True)
    drafted(lead, county)

    task_step(lead, "reply", county=county)

    assert lead.state == "replied"
    assert lead.latest_reply.opinion_decision == ""


def test_the_reply_takes_the_opinions_over(county, lead):
    one = assistant(lead, county)
    task_step(one, "give_opinion", county=county)
    drafted(lead, county)

    event = task_step(lead, "reply", county=county)

    opinion = one.opinions.get()
    assert list(lead.latest_reply.opinions.all()) == [opinion]
    assert event.data["opinions"] == [opinion.pk]


def test_a_missing_opinion_is_overruled_by_a_decision_on_record(county, lead):
    assistant(lead, county)
    drafted(lead, county)

    task_step(lead, "reply", county=county, opinion_decision="分管副县长6月9日决定先行答复。")

    assert lead.latest_reply.opinion_decision == "分管副县长6月9日决定先行答复。"
    assert not lead.latest_reply.opinions.exists()


def test_who_disagrees_is_settled_with_before_the_lead_answers(county, lead):
    one = assistant(lead, county)
    task_step(one, "give_opinion", county=county, stance="disagrees", text="应先修西沟。")
    drafted(lead, county)

    with pytest.raises(Refused) as refused:
        task_step(lead, "reply", county=county)
    assert "县交通运输局" in refused.value.reasons[0]

    task_step(lead, "settle_dispute", county=county, level="above")
    task_step(lead, "reply", county=county)

    settled = lead.settlements.get()
    assert (settled.level, settled.recorded_by) == ("above", county.unit_leader)
    assert one.opinions.get().settlement == settled
    assert lead.state == "replied"


def test_nothing_is_settled_where_nobody_disagrees(county, lead):
    one = assistant(lead, county)
    task_step(one, "give_opinion", county=county)

    with pytest.raises(Refused):
        task_step(lead, "settle_dispute", county=county)


def test_lateness_stands_at_the_unit_that_caused_it(county, lead, clock):
    one = assistant(lead, county)
    clock.move_to(NOW + dt.timedelta(days=45))
    usual = Limits(blue_days=5, yellow_days=2, quiet_days=90, first_contact_days=90)

    lights = [light_of(task, limits=usual) for task in (one, lead)]

    assert lights == [Light.RED, Light.GREEN]


def test_beside_the_draft_stand_the_opinions_and_those_still_awaited(county, lead):
    one = assistant(lead, county)
    a_task(lead.item, unit=county.third_unit, role="assist", lead=lead, opinion_optional=True)
    assert [task.unit for task in beside(lead, "draft_reply").awaited] == [county.other_unit]

    task_step(one, "give_opinion", county=county)

    read = beside(lead, "draft_reply")
    assert [opinion.text for opinion in read.opinions] == ["同意按此设计施工。"]
    assert read.awaited == []
    assert beside(lead, "report_progress") is None
    assert beside(one, "draft_reply") is None


@pytest.mark.parametrize("count", [1, 3])
def test_reading_a_joint_task_costs_the_same(county, lead, django_assert_num_queries, count):
    for number in range(count):
        task_step(assistant(lead, county), "give_opinion", county=county, text=f"意见{number}")

    with django_assert_num_queries(6):
        joint = joint_handling(lead)
        told = [(str(o.task.unit_name), o.settlement) for o in joint.opinions]
        told += [str(one.letter) + str(one.unit) for one in joint.handovers]

    assert len(joint.opinions) == count
