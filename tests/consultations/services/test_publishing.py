"""What the public sees: written by one, released by another, hidden at once."""

from __future__ import annotations

import pytest

from committees.partial_dates import PartialDate
from consultations.models import Case, Commitment, Participant
from consultations.selectors.cases import cases_for, public_cases, tasks_for
from consultations.services import (
    corrections,
    followups,
    items,
    milestones,
    publishing,
    records,
)
from consultations.services.steps import JustChanged
from consultations.workflow.engine import Refused
from tests.factories import a_person, case_at, step, task_step

pytestmark = pytest.mark.django_db


def write(case, by, *, version=None, summary="东沟修好了。", result="已通水。"):
    publishing.write_public_text(
        case,
        by=by,
        public_summary=summary,
        result=result,
        version=case.version if version is None else version,
    )


def published(county, stage="handling", **fields) -> Case:
    case = case_at(stage, county=county, **fields)
    write(case, county.clerk)
    step(case, "publish", county=county)
    return case


def test_one_writes_and_another_releases(county):
    case = case_at("handling", county=county)
    write(case, county.office)
    assert (case.summary_by, case.is_public) == (county.office, False)

    with pytest.raises(Refused):
        step(case, "publish", county=county, by=county.office)
    assert not public_cases().exists()
    write(case, county.clerk)
    event = step(case, "publish", county=county, by=county.office)

    assert list(public_cases()) == [case]
    assert case.published_at is not None
    assert (event.role, event.from_stage, event.to_stage) == (
        "county_office", "handling", "handling",
    )  # fmt: skip
    written = case.events.filter(action="write_public_text").order_by("pk")
    assert [line.role for line in written] == ["county_office", "liaison"]


def test_new_words_on_a_published_case_wait_for_a_second_person_again(county):
    case = published(county)

    write(case, county.office, summary="改写后的一句话。")
    assert not public_cases().exists()
    with pytest.raises(Refused):
        step(case, "publish", county=county, by=county.office)

    assert not public_cases().exists()


def test_a_stale_text_overwrites_nothing(county):
    case = case_at("handling", county=county)
    seen = case.version
    write(case, county.clerk, summary="第一人写的。")

    with pytest.raises(JustChanged):
        write(case, county.director, version=seen, summary="第二人写的。")

    case.refresh_from_db()
    assert (case.public_summary, case.summary_by) == ("第一人写的。", county.clerk)
    assert case.events.filter(action="write_public_text").count() == 1


@pytest.mark.parametrize("name", ["officer", "member", "leader", "approver", "outsider", "nobody"])
def test_nobody_else_writes_the_public_text(county, name):
    case = case_at("handling", county=county)

    with pytest.raises(Refused):
        write(case, getattr(county, name))

    case.refresh_from_db()
    assert case.public_summary == ""


@pytest.mark.parametrize("stage", ["draft", "deferred"])
def test_what_has_no_public_stage_is_never_published(county, stage):
    case = case_at(stage, county=county)
    write(case, county.clerk)

    with pytest.raises(Refused):
        step(case, "publish", county=county)


PLANTED = "请电13887654321"
PLACES = {
    "problem": lambda case: Case.objects.filter(pk=case.pk).update(problem=PLANTED),
    "wish": lambda case: Case.objects.filter(pk=case.pk).update(wish=PLANTED),
    "item": lambda case: case.items.update(text=PLANTED),
    "task": lambda case: case.tasks.update(title=PLANTED),
    "promise": lambda case: Commitment.objects.filter(item__case=case).update(text=PLANTED),
    "who promises": lambda case: Commitment.objects.all().update(promised_by=PLANTED),
    "meeting": lambda case: case.meetings.update(summary=PLANTED),
    "side": lambda case: case.sides.filter(name="上游村民").update(interest=PLANTED),
    "dropped item": lambda case: case.items.update(dropped_reason=PLANTED),
    "funds": lambda case: case.funds.create(name=PLANTED),
    "conversion": lambda case: case.conversions.create(kind="proposal", title=PLANTED),
    "instruction": lambda case: case.instructions.create(level="county", subject=PLANTED),
    "follow-up": lambda case: case.follow_ups.create(
        kind="visit", done_on="2026-05", finding=PLANTED
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_number_planted_anywhere_in_the_public_text_is_found(county, place):
    case = case_at("handling", county=county, items=[{"commitments": 1}])
    write(case, county.clerk)
    PLACES[place](case)

    with pytest.raises(Refused) as refused:
        step(case, "publish", county=county)

    assert len(refused.value.reasons) == 1
    assert not public_cases().exists()


def test_a_residents_name_is_found_and_an_officials_is_not(county):
    case = case_at("handling", county=county)
    Participant.objects.filter(capacity="party").update(name="王大娘")
    write(case, county.clerk, result="李主持、王科长到场，已通水。")
    step(case, "publish", county=county)

    write(case, county.clerk, result="王大娘家已通水。")
    with pytest.raises(Refused) as refused:
        step(case, "publish", county=county)

    assert "王大娘" in refused.value.reasons[0]


def test_what_stays_private_does_not_stop_a_release(county):
    case = case_at("handling", county=county)
    case.meetings.update(minutes=PLANTED)
    case.visits.update(place=PLANTED, findings=PLANTED)
    task = case.tasks.get()
    task_step(task, "sign_for", county=county)
    task_step(task, "report_progress", county=county, text=PLANTED)
    task_step(task, "request_extension", county=county, reason=PLANTED)
    case.refresh_from_db()
    case.follow_ups.create(kind="visit", done_on="2026-05", finding=PLANTED, is_public=False)
    write(case, county.clerk)

    step(case, "publish", county=county)

    assert list(public_cases()) == [case]


def test_restricting_hides_at_once_from_the_public_and_the_units(county):
    case = published(county)
    assert case in cases_for(county.officer)
    assert tasks_for(county.officer).exists()
    assert case in cases_for(county.prefecture_office)

    event = step(case, "restrict", county=county, reason="涉及未成年人。")

    assert not public_cases().exists()
    for name in ("officer", "unit_leader", "prefecture_office", "province_office"):
        assert case not in cases_for(getattr(county, name)), name
        assert not tasks_for(getattr(county, name)).exists(), name
    assert case in cases_for(county.office)
    assert (case.stage, case.restricted_at is not None) == ("handling", True)
    assert (event.is_public, event.from_stage, event.to_stage) == (False, "handling", "handling")


def test_lifting_the_restriction_publishes_nothing_by_itself(county):
    case = published(county)
    step(case, "restrict", county=county)
    with pytest.raises(Refused):
        step(case, "publish", county=county)

    step(case, "lift_restriction", county=county)

    assert (case.restricted_at, case.is_public) == (None, False)
    assert not public_cases().exists()
    assert case in cases_for(county.officer)
    step(case, "publish", county=county)
    assert list(public_cases()) == [case]


@pytest.mark.parametrize("sensitivity", ["sensitive", "offline"])
def test_a_sensitive_topic_is_closed_with_an_exemption_instead(county, sensitivity):
    case = case_at("rating", county=county, sensitivity=sensitivity)

    with pytest.raises(Refused):
        step(case, "publish", county=county)
    step(case, "close", county=county)

    assert (case.stage, case.is_public) == ("closed", False)


def test_a_published_case_found_to_be_sensitive_is_hidden_at_once(county):
    case = published(county)

    records.edit(case, by=county.clerk, version=case.version, changes={"plan": "先走访下游。"})
    assert list(public_cases()) == [case]
    records.edit(case, by=county.clerk, version=case.version, changes={"sensitivity": "sensitive"})

    assert not public_cases().exists()
    assert case not in cases_for(county.prefecture_office)


def edits(case) -> dict:
    """Every way of typing other words into what the public page shows."""
    item, meeting = case.items.get(), case.meetings.get()
    row = {"id": item.pk, "commitments": [{"promised_by": "下游村民", "text": "出工三天"}]}
    metric = {"name": "受益农户", "after": 300, "unit": "户", "exactness": "exact"}
    milestone = {"title": "完成放线"}
    return {
        **{
            name: lambda name=name, **by: records.edit(case, changes={name: "改写过的字"}, **by)
            for name in ("title", "problem", "wish", "place")
        },
        "sides": lambda **by: records.save_sides(case, rows=[{"name": "中游村民"}], **by),
        "figures": lambda **by: records.save_figures(case, metrics=[metric], funds=[], **by),
        "items": lambda **by: items.save_outcome(case, items=[row], **by),
        "milestone": lambda **by: milestones.save_milestone(item, row=milestone, **by),
        "record": lambda **by: corrections.correct_record(
            meeting, reason="笔误", fields={"summary": "双方谈妥。"}, **by
        ),
    }


EDITS = ["title", "problem", "wish", "place", "sides", "figures", "items", "milestone", "record"]


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_shown_words_waits_for_a_second_person_again(county, name):
    case = published(county)

    edits(case)[name](by=county.office, version=case.version)

    case.refresh_from_db()
    assert (case.is_public, case.summary_by) == (False, county.office)
    with pytest.raises(Refused, match=r"second person|另一人"):
        step(case, "publish", county=county, by=county.office)
    second = a_person("second", ("county_office", county.region))
    step(case, "publish", county=county, by=second)
    assert list(public_cases()) == [case]


def test_every_edit_is_tried(county):
    assert list(edits(published(county))) == EDITS


def test_an_edit_before_the_first_release_needs_a_second_person_too(county):
    case = case_at("handling", county=county)
    write(case, county.clerk)
    records.edit(case, by=county.office, version=case.version, changes={"title": "东沟整修"})

    with pytest.raises(Refused):
        step(case, "publish", county=county, by=county.office)


def test_what_goes_on_and_what_stays_inside_leaves_a_case_public(county):
    case = published(county)
    task = case.tasks.get()
    task_step(task, "sign_for", county=county)
    task_step(task, "report_progress", county=county)
    case.refresh_from_db()
    by = {"by": county.office}
    records.edit(case, version=case.version, changes={"plan": "再走访一次。"}, **by)
    records.assign(case, owner=county.clerk, **by)
    same = [{"id": side.pk, "name": side.name} for side in case.sides.all()]
    records.save_sides(case, version=case.version, rows=same, **by)
    followups.record_follow_up(
        case, kind="inspection", done_on=PartialDate("2026-05"), finding="通水。", **by
    )

    case.refresh_from_db()
    assert case.is_public


def test_a_residents_name_does_not_enter_a_published_case_by_an_edit(county):
    case = published(county)
    Participant.objects.filter(capacity="party").update(name="王大娘")

    for problem in ("王大娘家缺水。", f"缺水，{PLANTED}。"):
        with pytest.raises(Refused):
            records.edit(case, by=county.clerk, version=case.version, changes={"problem": problem})

    case.refresh_from_db()
    assert "王大娘" not in case.problem
