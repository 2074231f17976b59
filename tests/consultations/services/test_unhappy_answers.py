"""A case with dissatisfied answers is taken up again, or closed with what was done about them."""

from __future__ import annotations

import pytest
from django.utils import translation

from consultations.forms.case_steps import CloseForm
from consultations.selectors.public_case import case_page
from consultations.selectors.timeline import timeline
from consultations.services import followups
from consultations.workflow import engine
from consultations.workflow.cases import CASES
from consultations.workflow.engine import Refused
from tests.factories import case_at, step, task_at, task_step
from tests.public_cases import a_public_case

ANSWER = "已向两户说明：接口下周加固，两户同意先办结。"


def rate(case, county, result: str, **fields) -> None:
    values = {
        "rater": "affected",
        "channel": "paper",
        "count": 2,
        "reason": "接口还渗水。",
    } | fields
    followups.record_rating(case, by=county.office, result=result, **values)


def why_not(case, county, **typed) -> list[str]:
    with pytest.raises(Refused) as refused:
        step(case, "close", county=county, **typed)
    case.refresh_from_db()
    assert case.stage == "rating"
    return refused.value.reasons


def test_dissatisfied_answers_hold_the_case_until_something_was_done(county):
    case = case_at("rating", county=county)
    rate(case, county, "dissatisfied")
    rate(case, county, "dissatisfied", rater="resident", count=3)

    with translation.override("en"):
        (reason,) = why_not(case, county)

    assert reason.startswith("5 of those asked are dissatisfied")


def test_what_was_done_stands_in_the_history(county):
    case = case_at("rating", county=county)
    rate(case, county, "dissatisfied")

    event = step(case, "close", county=county, unhappy_answer=ANSWER)

    assert case.stage == "closed"
    assert event.data == {"note": "资料齐全。", "unhappy": 2, "answer": ANSWER}
    (line,) = [one for one in timeline(case, public=False) if one.event.action == "close"]
    assert ANSWER in line.detail


@pytest.mark.parametrize("result", ["satisfied", "fair", "unknown"])
def test_other_answers_hold_nothing(county, result):
    case = case_at("rating", county=county)
    rate(case, county, result)

    event = step(case, "close", county=county)

    assert event.data == {"note": "资料齐全。"}


def test_taking_the_case_up_again_deals_with_them_and_new_ones_count_anew(county):
    case = case_at("rating", county=county)
    rate(case, county, "dissatisfied")
    step(case, "reopen", county=county)
    for action in ("(handle all)", "open_rating"):
        step(case, action, county=county)
    row = engine.find(CASES, "close", "rating")
    assert "unhappy_answer" not in CloseForm(subject=case, row=row, by=county.office).fields

    rate(case, county, "dissatisfied")

    assert len(why_not(case, county)) == 1


def test_the_form_tells_what_they_said_beside_the_box(county):
    case = case_at("rating", county=county)
    row = engine.find(CASES, "close", "rating")
    rate(case, county, "dissatisfied")
    data = {"version": case.version, "closing_note": "归档。", "exemption": "只涉及两户。"}

    form = CloseForm(data, subject=case, row=row, by=county.office)

    assert "接口还渗水。（2）" in form.fields["unhappy_answer"].help_text
    assert list(form.errors) == ["unhappy_answer"]
    assert CloseForm(data | {"unhappy_answer": ANSWER}, subject=case, row=row,
                     by=county.office).is_valid()  # fmt: skip


def test_everybody_reads_what_was_done_and_nobody_a_phone(county, client):
    case = a_public_case("rating", county=county)
    rate(case, county, "dissatisfied")
    assert len(why_not(case, county, unhappy_answer="已打13812345678说明。")) == 1

    step(case, "close", county=county, unhappy_answer=ANSWER)

    (line,) = [one for one in case_page(case.pk).case_lines if one.event.action == "close"]
    assert ANSWER in line.detail
    assert ANSWER in client.get(case.get_absolute_url()).content.decode()


def test_a_task_found_not_done_holds_the_case_by_itself(county):
    """Whoever looked, with an account or through a link: the case cannot come to be closed."""
    task = task_at("answered", county=county)

    task_step(task, "verify_false", county=county)

    task.case.refresh_from_db()
    assert (task.state, task.case.stage) == ("handling", "handling")
    with pytest.raises(Refused):
        step(task.case, "close", county=county)
