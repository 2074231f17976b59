"""My studio's record: meetings that come, cases by stage, what was promised and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from committees.models import Member
from consultations.models import Case, Commitment, Meeting, MeetingAnswer, Task
from consultations.workflow.cases import OPEN, Stage
from consultations.workflow.tasks import TaskState

MEETINGS, CASES, PROMISES = 10, 60, 20
IN_ORDER = {stage.value: place for place, stage in enumerate(Stage)}


@dataclass(frozen=True)
class Invitation:
    """A meeting to come, with the answer of each member one answers for (None: not yet)."""

    meeting: Meeting
    answers: list[tuple[Member, MeetingAnswer | None]]


@dataclass(frozen=True)
class StageBlock:
    """The open cases at one stage, those that are due first on top."""

    stage: str
    cases: list[Case]


@dataclass(frozen=True)
class Promises:
    """What somebody promised in cases of the studio and nobody has checked yet."""

    commitments: list[Commitment]
    in_plan: list[Task]

    def __bool__(self) -> bool:
        return bool(self.commitments or self.in_plan)


def coming_meetings(cases: QuerySet[Case], studios: Iterable[int]) -> QuerySet[Meeting]:
    """Planned meetings of these studios from today on, among the cases one may see."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Meeting.objects.filter(
        status=Meeting.Status.PLANNED, starts_at__gte=today,
        case__in=cases.filter(studio__in=list(studios)),
    )  # fmt: skip
    return rows.select_related("case__region", "room").order_by("starts_at", "pk")


def invitations(
    cases: QuerySet[Case], studios: Iterable[int], members: Iterable[Member]
) -> list[Invitation]:
    """The next meetings with my answers, in two queries."""
    mine = list(members)
    answered = MeetingAnswer.objects.filter(member__in=[member.pk for member in mine])
    rows = coming_meetings(cases, studios).prefetch_related(
        Prefetch("answers", queryset=answered, to_attr="own_answers")
    )
    return [Invitation(row, _answers(row, mine)) for row in rows[:MEETINGS]]


def _answers(meeting: Meeting, members: list[Member]) -> list[tuple[Member, MeetingAnswer | None]]:
    given = {answer.member_id: answer for answer in meeting.own_answers}  # type: ignore[attr-defined]
    return [(member, given.get(member.pk)) for member in members]


def open_cases(cases: QuerySet[Case], studios: Iterable[int]) -> list[StageBlock]:
    """The studio's open cases in the order of their stages."""
    rows = cases.filter(studio__in=list(studios), stage__in=OPEN).select_related("region")
    found = list(rows.order_by(F("stage_due_on").asc(nulls_last=True), "pk")[:CASES])
    found.sort(key=lambda case: IN_ORDER[case.stage])
    return [StageBlock(stage, list(some)) for stage, some in groupby(found, lambda c: c.stage)]


def closed_cases(cases: QuerySet[Case], studios: Iterable[int]) -> list[Case]:
    rows = cases.filter(studio__in=list(studios), stage=Stage.CLOSED).select_related("region")
    return list(rows.order_by("-stage_since", "-pk")[:PROMISES])


def promises(cases: QuerySet[Case], studios: Iterable[int]) -> Promises:
    """Open commitments of any side, and tasks a unit put into its plan with a date."""
    ours = cases.filter(studio__in=list(studios))
    commitments = Commitment.objects.filter(
        item__case__in=ours, state=Commitment.State.OPEN
    ).select_related("item__case")
    in_plan = Task.objects.filter(
        Q(case__in=ours), state=TaskState.TRACKED, promise_on__isnull=False
    ).select_related("case", "unit")
    by_day = F("due_on").asc(nulls_last=True)
    return Promises(
        list(commitments.order_by(by_day, "pk")[:PROMISES]),
        list(in_plan.order_by("promise_on", "pk")[:PROMISES]),
    )
