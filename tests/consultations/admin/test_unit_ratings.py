"""What the ratings say by unit and period: never a rate without how many were asked, never who."""

from __future__ import annotations

import datetime as dt
import json
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.models import Case, Rating, RatingAsked, RatingCode, Task
from consultations.selectors.ratings import Score, together
from tests.factories import a_county, a_task, task_at

pytestmark = pytest.mark.django_db
URL = "/admin/committees/handlingunit/report/"
# Until tomorrow: a run may begin before midnight and end after it.
DAYS = {
    "first": f"{timezone.localdate() - dt.timedelta(days=400)}",
    "last": f"{timezone.localdate() + dt.timedelta(days=1)}",
}


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def score_of(county, unit=None, **asked) -> Score:
    found = enter(county.office).get(URL, DAYS | asked).context["rows"]
    return {row.unit.pk: row.score for row in found}[(unit or county.unit).pk]


def cases_behind(county, unit=None) -> list[Case]:
    page = f"/admin/committees/handlingunit/{(unit or county.unit).pk}/report/ratings/"
    return [case for case, _score in enter(county.office).get(page, DAYS).context["lines"]]


def rated(county, *, said: dict[str, int], asked: int = 0, round: int = 1, **fields) -> Task:
    task = task_at("handling", county=county, **fields)
    rate(task.case, county, said=said, asked=asked, round=round)
    return task


def rate(case, county, *, said: dict[str, int], asked: int = 0, round: int = 1) -> None:
    same = {"case": case, "rater": "affected", "channel": "paper", "round": round}
    for value, count in said.items():
        Rating.objects.create(**same, result=value, count=count, reason="仍在渗水。",
                              entered_by=county.office)  # fmt: skip
    if asked:
        RatingAsked.objects.create(**same, count=asked, entered_by=county.office)


def test_the_answers_of_its_cases_are_added_up_with_their_coverage(county):
    first = rated(county, said={"satisfied": 3, "dissatisfied": 1}, asked=10)
    second = rated(county, said={"fair": 1, "unknown": 1}, asked=10)
    score = score_of(county)
    assert (score.share, score.reach) == ("80%", "6/20")
    assert cases_behind(county) == [first.case, second.case]


@pytest.mark.parametrize(
    ("counts", "asked", "shown"),
    [({}, 0, ("—", "—")), ({}, 9, ("—", "0/9")), ({"satisfied": 3, "dissatisfied": 1}, 9,
     ("3/4", "4/9")), ({"satisfied": 9}, 0, ("9/9", "9/—")), ({"unknown": 6}, 6, ("—", "6/6")),
     ({"satisfied": 5, "dissatisfied": 1}, 8, ("83.3%", "6/8"))],
)  # fmt: skip
def test_a_small_or_unknown_number_is_no_rate(counts, asked, shown):
    score = Score(counts, asked=asked)
    assert (score.share, score.reach) == shown


def test_where_one_case_does_not_say_how_many_were_asked_there_is_no_rate_of_all():
    score = together([Score({"satisfied": 5}, asked=50), Score({"satisfied": 9})])
    assert (score.share, score.reach) == ("14/14", "14/—")


def test_who_was_asked_and_stayed_silent_lowers_the_coverage_alone(county):
    rated(county, said={"satisfied": 5}, asked=5)
    rated(county, said={}, asked=20)
    score = score_of(county)
    assert (score.share, score.reach) == ("100%", "5/25")


def test_slips_in_force_count_as_asked_but_not_those_of_an_appraisal(county):
    task = rated(county, said={"satisfied": 1})
    appraisal = task.case.follow_ups.create(
        kind="appraisal",
        done_on=timezone.localdate().isoformat(),
        finding="民主评议。",
        recorded_by=county.office,
    )
    now = timezone.now()
    ended = {"revoked_at": now, "revoked_by": county.office}
    for number, more in enumerate(({}, {}, ended, {"follow_up": appraisal})):
        RatingCode.objects.create(
            case=task.case, rater="resident", digest=f"{number}", issued_by=county.office,
            issued_at=now, expires_at=now + dt.timedelta(days=9), **more,
        )  # fmt: skip
    assert score_of(county).reach == "1/2"


def test_the_last_round_is_told(county):
    task = rated(county, said={"dissatisfied": 6}, asked=6)
    rate(task.case, county, said={"satisfied": 2}, asked=4, round=2)
    score = score_of(county)
    assert (score.share, score.reach) == ("2/2", "2/4")


def test_a_case_with_two_tasks_of_a_unit_counts_once(county):
    task = rated(county, said={"satisfied": 5}, asked=9)
    a_task(task.item, unit=county.unit, state="handling", dispatched_on=timezone.localdate())
    assert score_of(county).reach == "5/9"
    assert cases_behind(county) == [task.case]


def test_a_unit_that_only_assists_is_not_judged_by_it(county):
    task = rated(county, said={"satisfied": 5}, asked=9)
    a_task(task.item, unit=county.other_unit, role="assist", lead=task, state="handling",
           dispatched_on=timezone.localdate())  # fmt: skip
    assert not score_of(county, county.other_unit).is_told
    assert cases_behind(county, county.other_unit) == []


def test_another_period_and_invented_cases_are_not_counted(county):
    early = rated(county, said={"satisfied": 5}, asked=9)
    Task.objects.filter(pk=early.pk).update(dispatched_on=dt.date(2020, 1, 2))
    demo = rated(county, said={"satisfied": 5}, asked=9)
    Case.objects.filter(pk=demo.case_id).update(origin="demo")
    counted = rated(county, said={"satisfied": 1}, asked=2)
    assert score_of(county).reach == "1/2"
    assert cases_behind(county) == [counted.case]


def test_the_unit_itself_has_no_such_page_and_nobody_reads_who_answered(county):
    task = rated(county, said={"dissatisfied": 1}, asked=3)
    page = f"/admin/committees/handlingunit/{county.unit.pk}/report/ratings/"
    for person in (county.officer, county.unit_leader, county.member, county.clerk):
        assert enter(person).get(page, DAYS).status_code == 404
    for own in (f"/my/tasks/{task.pk}/", "/my/"):
        told = enter(county.unit_leader).get(own)
        assert told.status_code == 200
        assert "仍在渗水" not in told.content.decode()
    told = enter(county.office).get(page, DAYS).content.decode()
    assert "0/1" in told
    assert "1/3" in told
    assert "仍在渗水" not in told


def test_a_neighbour_reads_nothing_of_it(county):
    rated(county, said={"satisfied": 5}, asked=9)
    other = a_county("539922", name="邻水县")
    page = f"/admin/committees/handlingunit/{county.unit.pk}/report/ratings/"
    assert enter(other.office).get(page, DAYS).status_code == 404
    wrong = {"first": "2026-05-01", "last": "2026-04-01"}
    assert enter(county.office).get(page, wrong).status_code == 404


def test_the_score_is_handed_out_with_its_coverage(county):
    rated(county, said={"satisfied": 4, "dissatisfied": 1}, asked=10)
    client = enter(county.office)
    sheet = client.get(URL, DAYS | {"format": "xlsx"})
    table = openpyxl.load_workbook(BytesIO(b"".join(sheet.streaming_content))).active
    assert [cell.value for cell in table[2]][-2:] == ["80%", "5/10"]
    (found,) = json.loads(client.get(URL, DAYS | {"format": "json"}).content)["units"]
    told = [found[name] for name in ("satisfied", "judged", "answered", "asked")]
    assert told == [4, 5, 5, 10]


@pytest.mark.parametrize("path", [URL, "/admin/committees/handlingunit/%s/report/ratings/"])
def test_the_cost_does_not_grow_with_the_cases(county, path):
    page = path % county.unit.pk if "%" in path else path
    client = enter(county.office)
    rated(county, said={"satisfied": 5}, asked=9)
    client.get(page, DAYS)
    with CaptureQueriesContext(connection) as one:
        client.get(page, DAYS)
    for unit in (county.unit, county.other_unit):
        task = rated(county, said={"satisfied": 5}, asked=9)
        Task.objects.filter(pk=task.pk).update(unit=unit)
    with CaptureQueriesContext(connection) as more:
        client.get(page, DAYS)
    assert len(more) == len(one)
