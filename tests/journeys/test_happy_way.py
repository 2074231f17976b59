"""A case from a resident's suggestion to the archive: at each step the wrong people first.

Everything goes through pages: links are followed, forms are filled in as they stand there.
"""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import calendar
from consultations.models import Case, Rating, Suggestion
from consultations.workflow.cases import PublicStage, Stage
from tests.journeys import way
from tests.journeys.conftest import Town
from tests.journeys.office import hidden_from, record_of, refuse, take, write
from tests.journeys.visitors import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


class Journey:
    """The case, the resident who raised it, and what both the public and the resident read."""

    def __init__(self, town: Town, elsewhere: Town) -> None:
        self.town, self.elsewhere = town, elsewhere
        self.resident, self.code = way.suggest(town)
        self.case: Case | None = None

    def reads(self, stage: PublicStage) -> None:
        """The resident reads the public word under the code, staff the inner one."""
        assert str(stage.label) in way.followed(self.resident, self.code)
        record = self.town.office.open(record_of(self.case))
        assert str(Stage(self.case.stage).label) in record.text

    def is_shown(self, *, stage: PublicStage) -> None:
        page = Visitor().open(f"/cases/{self.case.pk}/")
        assert page.status == 200
        assert str(stage.label) in page.text
        assert way.SUMMARY in page.text

    def is_not_shown(self) -> None:
        visitor = Visitor()
        assert visitor.open(f"/cases/{self.case.pk}/").status == 404
        assert way.TITLE not in visitor.open("/cases/").text


def test_from_a_suggestion_to_the_archive(town, elsewhere):
    journey = Journey(town, elsewhere)
    screened(journey)
    decided(journey)
    researched(journey)
    with time_machine.travel(calendar.add_working_days(timezone.localdate(), 3), tick=True):
        deliberated(journey)
        approved_and_filed(journey)
        handled(journey)
        verified(journey)
        published(journey)
        rated_and_closed(journey)


def screened(journey: Journey) -> None:
    """Read and taken up by the office; neither members nor the county next door see it."""
    town, sent = journey.town, Suggestion.objects.get()
    assert str(Suggestion.State.RECEIVED.label) in way.followed(journey.resident, journey.code)
    address = f"/admin/consultations/suggestion/{sent.pk}/change/"
    for person in (town.member, town.leader, town.officer, journey.elsewhere.office):
        assert person.open(address).status == 404
        assert person.post(address, {"accept": "1"}).status == 404
    assert not Case.objects.exists()

    journey.case = way.accept(town)

    assert journey.case.stage == Stage.DRAFT
    assert str(Suggestion.State.ACCEPTED.label) in way.followed(journey.resident, journey.code)
    journey.is_not_shown()


def decided(journey: Journey) -> None:
    """Completed and submitted by whoever took it up, approved by the leader."""
    town, case, away = journey.town, journey.case, journey.elsewhere
    why = refuse(case, "submit", town.office)
    assert _("Say whether the topic is sensitive.") in why.complaints
    way.complete(town, case)
    take(case, "submit", town.office, wrong=[town.office2, town.director, town.leader, away.office])
    journey.reads(PublicStage.COLLECTING)

    why = refuse(case, "approve", town.approver)
    assert _("In this place the county CPPCC leader approves topics.") in why.complaints
    take(
        case, "approve", town.leader, opinion="同意立题。", number="协题1号",
        wrong=[town.office, town.member, away.leader, town.officer],
    )  # fmt: skip
    journey.reads(PublicStage.APPROVED)


def researched(journey: Journey) -> None:
    town, case, away = journey.town, journey.case, journey.elsewhere
    take(
        case, "start_research", town.clerk, plan="周三到东沟看。",
        wrong=[town.leader, town.member, town.approver, away.clerk],
    )  # fmt: skip
    way.visit(town, case, wrong=[town.leader, town.officer, away.member])
    way.call(town, case, ahead=3, wrong=[town.member, town.leader, away.clerk])
    journey.reads(PublicStage.CONSULTING)
    why = refuse(case, "conclude", town.clerk)
    assert _("The day of the meeting has not come yet.") in town.clerk.open(record_of(case)).text
    assert _("Record at least one statement.") in why.complaints


def deliberated(journey: Journey) -> None:
    town, case, away = journey.town, journey.case, journey.elsewhere
    way.note_down(
        town, case, items=("修好东沟三处渗水",), wrong=[town.member, town.leader, away.clerk]
    )
    way.conclude(town, case, wrong=[town.member, town.approver, away.clerk])
    assert case.stage == Stage.DELIBERATED
    way.split(town, case, wrong=[town.officer, town.member, town.approver, away.office])
    assert hidden_from(town.officer, case)


def approved_and_filed(journey: Journey) -> None:
    town, case, away = journey.town, journey.case, journey.elsewhere
    take(case, "submit_outcome", town.director, wrong=[town.clerk, town.office, away.director])
    take(
        case, "approve_outcome", town.approver, opinion="同意。",
        wrong=[town.director, town.leader, town.other_approver, away.approver],
    )  # fmt: skip
    assert hidden_from(town.officer, way.task_of(case))
    take(case, "file", town.office, wrong=[town.clerk, town.dispatch_office, away.office])
    journey.reads(PublicStage.HANDLING)
    assert case.filings.get().number in town.office.open(record_of(case)).text


def handled(journey: Journey) -> None:
    """The lead unit sees its own task and nothing else, and answers in its own two roles."""
    town, case, away = journey.town, journey.case, journey.elsewhere
    task = way.task_of(case)
    take(task, "sign_for", town.officer, handler="王工",
         wrong=[town.unit_leader, town.other_officer, town.member, away.officer])  # fmt: skip
    take(task, "report_progress", town.officer, text="坝口已开挖。", percent="40",
         wrong=[town.unit_leader, town.other_officer, away.officer])  # fmt: skip
    take(task, "draft_reply", town.officer, body="一、坝口渗水已修好。", result_class="A",
         wrong=[town.unit_leader, town.other_officer, town.member])  # fmt: skip
    take(task, "reply", town.unit_leader, number="水复〔1〕号",
         wrong=[town.officer, town.other_leader, town.leader])  # fmt: skip
    take(task, "accept_reply", town.office,
         wrong=[town.unit_leader, town.dispatch_office, town.clerk, away.office])  # fmt: skip
    assert task.state == "answered"


def verified(journey: Journey) -> None:
    """Looked at by somebody who is not of the unit; with the last task the case moves by itself."""
    town, case, away = journey.town, journey.case, journey.elsewhere
    task = way.task_of(case)
    seen = {"method": "site", "finding": "到坝口看过，不渗了。"}
    why = refuse(task, "verify_true", town.both, **seen)
    assert _("Nobody verifies the work of his or her own unit.") in why.complaints
    take(task, "verify_true", town.member, **seen,
         wrong=[town.officer, town.unit_leader, town.clerk, away.member])  # fmt: skip
    journey.reads(PublicStage.HANDLING)

    way.finish(town, way.task_of(case, 2), officer=town.other_officer, leader=town.other_leader)
    case.refresh_from_db()
    assert case.stage == Stage.SUPERVISION
    journey.reads(PublicStage.FOLLOW_UP)


def published(journey: Journey) -> None:
    """Written by one, released by another; only then anybody finds it."""
    town, case, away = journey.town, journey.case, journey.elsewhere
    journey.is_not_shown()
    why = refuse(case, "publish", town.office2)
    assert _("Write the one-sentence summary first.") in why.complaints
    write(case, "public-text/", town.office, public_summary=way.SUMMARY, result=way.RESULT,
          wrong=[town.member, town.officer, town.approver, away.office])  # fmt: skip
    why = refuse(case, "publish", town.office)
    assert _("A second person releases the public text.") in why.complaints
    take(case, "publish", town.office2, wrong=[town.leader, town.clerk, away.office])
    journey.is_shown(stage=PublicStage.FOLLOW_UP)
    assert way.TITLE in Visitor().open("/cases/").text


def rated_and_closed(journey: Journey) -> None:
    town, case, away = journey.town, journey.case, journey.elsewhere
    write(case, "follow-up/", town.member, kind="look_back", finding="下游两个组都放上了水。",
          wrong=[town.officer, town.leader, away.member])  # fmt: skip
    take(case, "open_rating", town.office, wrong=[town.clerk, town.member, away.office])
    write(case, "rating/", town.clerk, rater="affected", channel="paper", result="satisfied",
          count="9", wrong=[town.officer, town.approver, away.clerk])  # fmt: skip
    assert Rating.objects.get().count == 9
    take(case, "close", town.office, wrong=[town.clerk, town.leader, away.office])

    assert case.stage == Stage.CLOSED
    journey.reads(PublicStage.DONE)
    journey.is_shown(stage=PublicStage.DONE)
    page = Visitor().open(f"/cases/{case.pk}/")
    assert way.RESULT in page.text
    for inner in ("先修最大的一处。", "王工", "到坝口看过"):
        assert inner not in page.text
