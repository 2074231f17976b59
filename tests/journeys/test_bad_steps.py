"""Steps taken with a mistake or by a tampered form: told beside the box, and nothing is lost."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext as _

from consultations.models import Case
from tests.factories import a_person
from tests.journeys import way
from tests.journeys.office import (
    mistake,
    part_of,
    record_of,
    refuse,
    standing,
    take,
)
from tests.journeys.pages import Page
from tests.journeys.visitors import Colleague

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def proposed(town) -> Case:
    case = way.log(town)
    take(case, "submit", town.clerk)
    return case


@pytest.fixture
def researched(town) -> Case:
    case = way.log(town)
    way.to_research(town, case)
    return case


def each_mistake(case: Case, action: str, by: Colleague, good: dict, mistakes: list) -> None:
    """Every mistake is told beside its box, and every box still holds what was typed."""
    for box, typed in mistakes:
        sent = good | {box: typed}
        page = mistake(case, action, by, **sent)
        assert page.error_of(box), f"{box}={typed[:20]!r}: {page.complaints}"
        assert {name: page.typed(name) for name in sent} == sent


def test_an_approval(town, proposed):
    mistakes = [
        ("decided_on", way.day(1)),
        ("decided_on", "前天"),
        ("decided_on", "2026-02-30"),
        ("opinion", "好" * 501),
        ("number", "号" * 61),
    ]

    each_mistake(proposed, "approve", town.leader, {"opinion": "同意立题。"}, mistakes)


def test_a_reason(town, proposed):
    mistakes = [("reason", ""), ("reason", "   "), ("reason", "长" * 501)]

    each_mistake(proposed, "reject", town.office, {}, mistakes)


def test_another_topic_that_nobody_knows(town, proposed):
    good = {"reason": "同一件事。"}

    each_mistake(proposed, "merge", town.office, good, [("target", "没有这件事"), ("target", "")])


def test_the_number_of_a_topic_next_door_does_not_tell_its_title(town, elsewhere, proposed):
    hidden = way.log(elsewhere)
    Case.objects.filter(pk=hidden.pk).update(title="邻县的一件事")

    page = mistake(proposed, "merge", town.office, target=str(hidden.pk), reason="同一件事。")

    assert page.error_of("target")
    assert "邻县的一件事" not in str(page.root)


def test_a_review_date_that_cannot_be(town, proposed):
    days = ["", "明天", way.day(0), way.day(-3), way.day(400)]

    each_mistake(
        proposed, "defer", town.office, {"reason": "等规划。"}, [("review_on", day) for day in days]
    )


def test_a_visit(town, researched):
    good = {"visited_on": way.day(), "place": "东沟", "method": "site", "findings": "渗水三处。"}
    mistakes = [
        ("visited_on", "很久以前"),
        ("visited_on", "2020-13-01"),
        ("visited_on", ""),
        ("place", ""),
        ("method", ""),
        ("people_met", "-4"),
        ("people_met", "很多人"),
        ("people_met", "9" * 30),
        ("findings", ""),
        ("findings", "水" * 8001),
    ]

    each_mistake(researched, "log_visit", town.member, good, mistakes)
    page = mistake(researched, "log_visit", town.member, **good | {"visited_on": way.day(2)})
    assert _("The visit cannot be in the future.") in page.complaints


def test_a_planned_meeting(town, researched):
    good = {"starts_at": f"{way.day(2)}T09:30", "place": "晒场", "name": "东沟协商会"}
    mistakes = [
        ("starts_at", "下周三"),
        ("starts_at", ""),
        ("place", "沟" * 81),
        ("name", "会" * 81),
    ]

    each_mistake(researched, "schedule", town.clerk, good, mistakes)
    page = mistake(researched, "schedule", town.clerk, **good | {"place": ""})
    assert _("A meeting has a time and a place.") in page.complaints


def test_a_meeting_with_one_side_only(town):
    town.clerk.open("/admin/consultations/case/add/")
    town.clerk.send("save", title=way.TITLE, problem=way.PROBLEM, region="柳树村", source="residents",
                    studio=town.county.studio.name, sensitivity="normal", sides="上游村民")  # fmt: skip
    case = Case.objects.get()
    way.to_research(town, case)

    why = refuse(case, "schedule", town.clerk, starts_at=f"{way.day(2)}T09:30", place="晒场")

    reason = _("Name at least two sides with an interest in the topic.")
    assert reason in why.complaints
    assert reason in town.clerk.open(record_of(case)).text


def test_a_conclusion_before_anything_was_read_back_or_confirmed(town, researched):
    way.call(town, researched)
    way.note_down(town, researched, items=("修好东沟",))

    page = mistake(researched, "conclude", town.clerk, held_on=way.day(), head_count="0")

    assert page.error_of("read_back")
    assert page.error_of("host_confirmed")
    assert page.error_of("head_count")


# --- tampered -----------------------------------------------------------------------------------


def by_hand(case: Case, action: str, by: Colleague, **data) -> Page:
    """Sent past the form: answered with words, and nothing has changed."""
    before = standing(case)
    page = by.post(part_of(case, f"step/{action}/"), {"save": "1"} | data)
    assert (page.status, page.path) == (200, part_of(case, f"step/{action}/"))
    assert page.complaints
    assert standing(case) == before
    return page


def test_a_tampered_version_is_no_error_of_the_server(town, proposed):
    for version in ("", "abc", "-1", "9" * 30):
        by_hand(proposed, "approve", town.leader, version=version, opinion="同意立题。")


def test_a_stale_version_is_told_with_what_was_typed(town, proposed):
    stale = {"version": proposed.version - 1, "opinion": "同意立题。"}

    page = by_hand(proposed, "approve", town.leader, **stale)

    assert page.typed("opinion") == "同意立题。"
    assert page.typed("version") == str(proposed.version)


def test_a_role_that_is_not_held_opens_nothing(town, proposed):
    page = town.office.post(
        part_of(proposed, "step/approve/"), {"version": proposed.version, "role": "leader"}
    )

    assert page.status == 404


def test_somebody_with_two_roles_cannot_act_in_a_third(town, researched):
    studio = town.county.studio
    two = Colleague(a_person("two-roles", ("member", studio), ("liaison", studio)))
    visit = {"visited_on": way.day(), "place": "东沟", "method": "site", "findings": "渗水。"}

    page = by_hand(
        researched, "log_visit", two, version=researched.version, role="county_office", **visit
    )

    assert page.error_of("role")
    take(researched, "log_visit", two, role="liaison", **visit)


def test_an_unknown_step_or_part_does_not_exist(town, proposed):
    for part in ("step/fly/", "step/complete/", "step/approve_outcome/", "meeting/99/"):
        assert town.office.open(part_of(proposed, part)).status == 404
        assert town.office.post(part_of(proposed, part), {"version": "0"}).status == 404


def test_a_guessed_record_does_not_exist(town):
    for kind in ("case", "task", "suggestion"):
        for key in ("0", "999999", "9" * 19, "9" * 60, "abc"):
            assert town.office.open(f"/admin/consultations/{kind}/{key}/change/").status == 404
