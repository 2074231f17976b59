"""Topics are merged, a wrong merger is undone, and who follows a suggestion is led along."""

from __future__ import annotations

import pytest

from consultations.models import Case, Side
from consultations.selectors.record import joined_with
from consultations.selectors.residents import by_code
from consultations.services import cases, records, suggestions
from consultations.workflow.engine import Refused
from tests.factories import a_case, case_at, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised(county):
    """A topic that came from a resident, submitted, and the suggestion behind it."""
    suggestion = suggestions.receive(
        title="东沟漏水", problem="下游缺水", region=county.village, form_token="t"
    )
    case = suggestions.accept(suggestion, by=county.clerk)
    Case.objects.filter(pk=case.pk).update(sensitivity="normal")
    for name in ("下游 村民", "灌区管理所"):
        Side.objects.create(case=case, name=name, interest="插秧要水")
    step(case, "submit", county=county)
    suggestion.refresh_from_db()
    return case, suggestion


def names(case) -> list[str]:
    return list(case.sides.order_by("pk").values_list("name", flat=True))


def test_the_sides_go_along_without_doubles(county, raised):
    case, _suggestion = raised
    target = case_at("research", county=county)
    version = target.version

    event = step(case, "merge", county=county, target=target)

    assert (case.stage, case.merged_into) == ("merged", target)
    assert names(target) == ["上游村民", "下游村民", "灌区管理所"]
    assert target.sides.get(name="灌区管理所").interest == "插秧要水"
    assert event.data == {"target": target.pk, "sides": [target.sides.last().pk]}
    target.refresh_from_db()
    assert target.version == version + 1, "who edits the sides meanwhile is told"


def test_nothing_new_to_carry_leaves_the_target_alone(county):
    target, case = case_at("research", county=county), case_at("proposed", county=county)
    version = target.version

    step(case, "merge", county=county, target=target)

    target.refresh_from_db()
    assert (target.version, names(target)) == (version, ["上游村民", "下游村民"])


def test_the_target_tells_what_joined_it_and_why(county, raised):
    case, _suggestion = raised
    target = case_at("research", county=county)

    step(case, "merge", county=county, target=target, reason="同一条沟")

    line = target.events.get(action="take_in")
    assert (line.actor, line.reason) == (county.office, "同一条沟")
    assert line.data == {"case": case.pk, "code": case.code}
    assert list(joined_with(target)) == [case]


def test_the_follower_sees_where_it_went(county, raised):
    case, suggestion = raised
    target = case_at("closed", county=county, title="东沟整修")
    other = case_at("research", county=county)
    step(case, "merge", county=county, target=other)
    assert by_code(suggestion.query_code).case is None, "not public yet"

    Case.objects.filter(pk=other.pk).update(stage="merged", merged_into=target)
    found = by_code(suggestion.query_code)

    assert (found.case, found.is_merged, found.stage) == (target, True, target.public_stage)


def test_a_restricted_target_is_told_to_nobody(county, raised):
    case, suggestion = raised
    target = case_at("research", county=county)
    step(case, "merge", county=county, target=target)
    assert by_code(suggestion.query_code).stage == target.public_stage

    step(target, "restrict", county=county)

    found = by_code(suggestion.query_code)
    assert (found.case, found.stage, found.is_merged) == (None, None, False)


def test_a_wrong_merger_is_undone(county, raised):
    case, suggestion = raised
    target = case_at("research", county=county)
    step(case, "merge", county=county, target=target)

    event = step(case, "unmerge", county=county, reason="是两条沟")

    assert (case.stage, case.merged_into) == ("proposed", None)
    assert case.stage_due_on is not None
    assert (event.reason, event.data) == ("是两条沟", {"target": target.pk})
    assert names(target) == ["上游村民", "下游村民"]
    assert list(joined_with(target)) == []
    assert target.events.get(action="let_go").data["code"] == case.code
    found = by_code(suggestion.query_code)
    assert (found.is_merged, found.stage) == (False, case.public_stage)
    assert names(case) == ["下游 村民", "灌区管理所"]


def test_a_side_that_is_needed_meanwhile_stays(county, raised):
    case, _suggestion = raised
    target = case_at("scheduled", county=county)
    step(case, "merge", county=county, target=target)
    brought = target.sides.get(name="灌区管理所")
    meeting = target.meetings.get()
    meeting.participants.create(capacity="party", side=brought, name="")

    step(case, "unmerge", county=county)

    assert "灌区管理所" in names(target)


def test_what_was_in_the_target_before_stays_there(county):
    target, case = case_at("research", county=county), case_at("proposed", county=county)
    step(case, "merge", county=county, target=target)

    step(case, "unmerge", county=county)

    assert names(target) == ["上游村民", "下游村民"]


def test_a_target_that_ended_meanwhile_is_refused(county):
    target, case = case_at("proposed", county=county), case_at("proposed", county=county)
    stale = Case.objects.get(pk=target.pk)
    step(target, "reject", county=county)

    with pytest.raises(Refused):
        cases.advance(case, "merge", by=county.office, data={"target": stale, "reason": "同一件"})

    case.refresh_from_db()
    assert case.stage == "proposed"


def test_who_edits_the_sides_of_the_target_meanwhile_is_told(county, raised):
    case, _suggestion = raised
    target = a_case(county=county)
    version = target.version
    step(target, "submit", county=county)
    seen = target.version
    step(case, "merge", county=county, target=target)

    with pytest.raises(Refused):
        records.save_sides(target, by=county.office, version=seen, rows=[])
    assert version < seen
