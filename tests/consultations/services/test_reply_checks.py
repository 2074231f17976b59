"""What is pointed out in a reply, and that nobody passes it over in silence."""

from __future__ import annotations

import pytest

from committees.models import EmptyPhrase, Region
from consultations.models import Reply, Task
from consultations.selectors.replies import replies_for
from consultations.workflow.engine import Refused
from consultations.workflow.reply_checks import flags_of, phrases_in, points_of, speaks_of
from tests.factories import task_at, task_step

pytestmark = pytest.mark.django_db
GOOD = "东沟两处渗漏已修复，下游三个组都已通水。"


@pytest.fixture
def task(county):
    found = task_at("handling", county=county)
    Task.objects.filter(pk=found.pk).update(expected="修复东沟两处渗漏；下游三个组通水")
    found.refresh_from_db()
    return found


def test_the_points_are_what_was_expected_of_the_task(task):
    assert points_of(task) == ["修复东沟两处渗漏", "下游三个组通水"]


@pytest.mark.parametrize(
    ("measure", "points"),
    [("通水，村民看过。另贴公示", ["通水，村民看过", "另贴公示"]), ("", None)],
)
def test_without_an_expected_result_the_item_says_what_was_asked_for(task, measure, points):
    task.expected, task.item.measure = "", measure

    assert points_of(task) == (points or [task.item.text.rstrip("。")])


def test_a_unit_that_does_a_part_answers_for_its_own_title(task):
    task.expected, task.role, task.title = "", "lead", "更换管道"

    assert points_of(task) == ["更换管道"]


@pytest.mark.parametrize(
    ("point", "body", "is_spoken_of"),
    [
        ("修复东沟两处渗漏", GOOD, True),
        ("下游三个组通水", GOOD, True),
        ("设置警示标志", GOOD, False),
        ("路", "路已修通。", True),
        ("路", "水已接通。", False),
    ],
)
def test_a_point_is_spoken_of_where_its_words_return(point, body, is_spoken_of):
    assert speaks_of(body, point) == is_spoken_of


def test_a_reply_that_speaks_of_everything_is_signed_without_a_word(county, task):
    task_step(task, "draft_reply", county=county, body=GOOD)

    task_step(task, "reply", county=county, flags_confirmed=False)

    assert Reply.objects.get().flags == []


def test_missing_points_and_empty_words_are_confirmed_by_whoever_signs(county, task):
    task_step(task, "draft_reply", county=county, body="东沟两处渗漏，我们高度重视。")
    wanted = [["point", "下游三个组通水"], ["phrase", "高度重视"]]

    with pytest.raises(Refused) as refused:
        task_step(task, "reply", county=county, flags_confirmed=False)
    assert len(refused.value.reasons) == 1
    assert all(words in refused.value.reasons[0] for _kind, words in wanted)
    task.refresh_from_db()
    assert task.state == "handling"

    task_step(task, "reply", county=county, flags_confirmed=True)
    signed = Reply.objects.get()
    assert (task.state, signed.flags) == ("replied", wanted)
    assert len(replies_for(task, "accept_reply")[0].told) == 2


def test_a_place_keeps_its_own_list_of_phrases_for_all_below_it(task):
    region = Region.objects.get(pk=task.case.region_id)
    assert "高度重视" in phrases_in(region)
    EmptyPhrase.objects.create(region_id=region.pk[:2], phrase="研究研究")
    assert phrases_in(region) == ["研究研究"]

    EmptyPhrase.objects.create(region_id=region.pk[:6], phrase="再议")

    assert phrases_in(region) == ["再议"]
    assert ("phrase", "再议") in flags_of(task, f"{GOOD}再议。")


def test_the_words_that_were_returned_are_known_again(county, task):
    task_step(task, "draft_reply", county=county, body=GOOD)
    task_step(task, "reply", county=county)
    task_step(task, "return_reply", county=county, reason="没有说何时通水。")

    assert flags_of(task, GOOD.replace("，", " ，")) == [("same", "")]
    task_step(task, "draft_reply", county=county, body=f"{GOOD}六月一日通水。")
    task_step(task, "reply", county=county)

    (new,) = replies_for(task, "accept_reply")
    assert new.before.return_reason == "没有说何时通水。"
    assert [text for alone, text in new.both[1] if alone] == ["六月一日通水。"]
