"""One made-up case with everything below it, as rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from django.utils import timezone

from committees.models import Origin
from consultations.management.synthetic import words
from consultations.management.synthetic.bulk import Table
from consultations.management.synthetic.ground import Ground
from consultations.models import (
    AgreedItem,
    Case,
    Event,
    Meeting,
    OutcomeMetric,
    Participant,
    SearchDoc,
    Task,
)
from consultations.models.search import words_of
from consultations.models.topics import TopicSource
from consultations.workflow.cases import PUBLISHABLE, Stage

# The way to each stage, the share of cases there, and which public steps are then on record.
WAY = (
    ("create", Stage.DRAFT), ("submit", Stage.PROPOSED), ("approve", Stage.APPROVED),
    ("start_research", Stage.RESEARCH), ("log_visit", Stage.RESEARCH),
    ("schedule", Stage.SCHEDULED), ("conclude", Stage.DELIBERATED),
    ("submit_outcome", Stage.PARTY_REVIEW), ("approve_outcome", Stage.FILING),
    ("file", Stage.HANDLING), ("complete", Stage.SUPERVISION), ("open_rating", Stage.RATING),
    ("close", Stage.CLOSED),
)  # fmt: skip
SHARES = {
    Stage.DRAFT: 2, Stage.PROPOSED: 4, Stage.APPROVED: 3, Stage.RESEARCH: 4, Stage.SCHEDULED: 3,
    Stage.DELIBERATED: 3, Stage.PARTY_REVIEW: 2, Stage.FILING: 2, Stage.HANDLING: 14,
    Stage.SUPERVISION: 8, Stage.RATING: 4, Stage.CLOSED: 51,
}  # fmt: skip
RECORDED = {
    "submit": 1, "approve": 2, "log_visit": 4, "conclude": 24, "file": 32, "complete": 64 | 128,
    "open_rating": 256, "close": 512,
}  # fmt: skip
PUBLIC_ACTIONS = {"approve", "log_visit", "schedule", "conclude", "approve_outcome", "file",
                  "complete", "open_rating", "close"}  # fmt: skip
TASK_STATE = {Stage.HANDLING: "handling", Stage.SUPERVISION: "verified", Stage.RATING: "verified",
              Stage.CLOSED: "verified"}  # fmt: skip
Step = tuple[str, str, str, dt.datetime]
CAPACITIES = ("host", "member", "party", "party", "cadre", "department")
OPEN_LATE = 30  # days an unfinished stage may lie behind or before its due date
SPAN = 5 * 365 * 24 * 60  # minutes over which the cases begin
PUBLIC_SHARE = 0.83  # of the cases that may be public: 80 in a hundred of all
ITEM_SHARE = 0.72  # of the cases past their meeting: 60 in a hundred of all


def tables() -> dict[str, Table]:
    """One table for each model, in the order in which keys are named."""
    return {
        "case": Table(Case, "id", "code", "title", "problem", "region_id", "place",
            "prefecture_code", "county_code", "committee_id", "studio_id", "campaign_id",
            "field_id", "source", "raised_on", "sensitivity", "year", "stage", "version",
            "stage_since", "stage_due_on", "rounds", "result", "public_summary", "is_public",
            "published_at", "listed_at", "steps_recorded", "created_at", "updated_at", "origin"),
        "doc": Table(SearchDoc, "case_id", "words"),
        "meeting": Table(Meeting, "id", "case_id", "form", "status", "held_on", "place",
            "head_count", "summary"),
        "participant": Table(Participant, "id", "meeting_id", "capacity", "name", "attended"),
        "item": Table(AgreedItem, "id", "case_id", "meeting_id", "number", "text", "route",
            "owner", "due_on", "confirmed_at"),
        "task": Table(Task, "id", "item_id", "case_id", "number", "title", "unit_id", "due_on",
            "state", "state_since", "dispatched_on", "answered_on", "verified_on"),
        "metric": Table(OutcomeMetric, "id", "case_id", "name", "before", "after", "unit",
            "is_headline"),
        "event": Table(Event, "id", "case_id", "task_id", "action", "from_stage", "to_stage",
            "role", "at", "is_public"),
    }  # fmt: skip


@dataclass
class Maker:
    """Draws cases one after the other; with the same seed, ground and last day the same ones."""

    ground: Ground
    draw: Random
    until: dt.date
    tables: dict[str, Table] = field(default_factory=tables)
    stages: list[str] = field(default_factory=lambda: list(SHARES))
    weights: list[int] = field(default_factory=lambda: list(accumulate(SHARES.values())))

    def __post_init__(self) -> None:
        self.last = timezone.make_aware(dt.datetime.combine(self.until, dt.time()))
        self.first = self.last - dt.timedelta(minutes=SPAN)

    def add(self) -> None:
        draw = self.draw
        stage = draw.choices(self.stages, cum_weights=self.weights)[0]
        subject, trouble = draw.choice(words.SUBJECTS), draw.choice(words.TROUBLES)
        village = words.village(draw)
        steps = self._steps(stage)
        began = steps[0][3]
        case = self._add_case(stage, subject, trouble, village, began, steps)
        items = self._add_outcome(case, stage, subject, steps)
        self._add_events(case, steps)
        self.tables["doc"].put(case, words_of((*self._texts, *items)))

    def _steps(self, stage: str) -> list[Step]:
        """The steps taken up to a stage, none after the last day: (action, from, to, at)."""
        taken, before, at = [], "", self.first + dt.timedelta(minutes=self.draw.randrange(SPAN))
        for action, after in WAY:
            taken.append((action, before, after, at))
            if after == stage and action != "start_research":
                break
            before, at = after, at + dt.timedelta(minutes=self.draw.randrange(600, 20_000))
        over = max(at - self.last, dt.timedelta())
        return [(action, before, after, at - over) for action, before, after, at in taken]

    def _add_case(self, stage, subject, trouble, village, began, steps) -> int:
        draw, ground = self.draw, self.ground
        region = ground.region(draw)
        since = steps[-1][3]
        ended = stage in TASK_STATE
        public = stage in PUBLISHABLE and draw.random() < PUBLIC_SHARE
        title = f"压测 {village}{subject}{trouble}"
        summary = words.SUMMARY.format(subject=subject, trouble=trouble) if public else ""
        result = words.RESULT.format(village=village, subject=subject) if ended else ""
        problem = words.problem(draw, village, subject, trouble)
        key = self.tables["case"].next_key
        code = f"SYN-{key:09d}"
        self._texts = (title, problem, summary, result, village, code)
        due = None if stage == Stage.CLOSED else since.date() + dt.timedelta(
            days=draw.randrange(1, OPEN_LATE))  # fmt: skip
        recorded = sum(RECORDED.get(action, 0) for action, *_ in steps)
        listed = since if public else began
        return self.tables["case"].add(
            code, title, problem, region.code, village, region.code[:4], region.code[:6],
            region.committee, ground.studio(draw, region), draw.choice(ground.campaigns),
            draw.choice(ground.fields), draw.choice(TopicSource.values),
            f"{began:%Y-%m-%d}", "normal", began.year, stage, len(steps), since, due,
            int(ended), result, summary, public, since if public else None, listed,
            recorded, began, since, Origin.SYNTHETIC,
        )  # fmt: skip

    def _add_outcome(self, case: int, stage: str, subject: str, steps) -> list[str]:
        """Meeting, items and tasks of most cases that had their meeting; the items' texts."""
        met = next((at for action, *_, at in steps if action == "conclude"), None)
        if met is None or self.draw.random() > ITEM_SHARE:
            return []
        meeting = self._add_meeting(case, met)
        texts = [t.format(subject=subject) for t in self.draw.sample(words.ITEMS, 3)]
        for number, text in enumerate(texts, start=1):
            due = met.date() + dt.timedelta(days=self.draw.randrange(30, 180))
            item = self.tables["item"].add(
                case, meeting, number, text, "county", "村民小组", due, met
            )
            for place in range(1 + (number == 1)):
                self._add_task(case, item, place + 1, stage, due, steps)
        if stage in TASK_STATE:
            before = self.draw.randrange(10, 90)
            after = self.draw.randrange(before)
            self.tables["metric"].add(case, "往返时间", before, after, "分钟", True)
        return texts

    def _add_meeting(self, case: int, met: dt.datetime) -> int:
        meeting = self.tables["meeting"].add(
            case,
            "courtyard",
            "held",
            f"{met:%Y-%m-%d}",
            "村民活动室",
            30,
            "各方逐一发言后形成约定。",
        )
        for capacity in CAPACITIES:
            self.tables["participant"].add(meeting, capacity, "压测", True)
        return meeting

    def _add_task(self, case: int, item: int, number: int, stage: str, due: dt.date, steps) -> None:
        state, since = TASK_STATE.get(stage, "drafted"), steps[-1][3]
        handed = next((at.date() for action, *_, at in steps if action == "file"), None)
        done = since.date() if state == "verified" else None
        task = self.tables["task"].add(
            item, case, number, self.draw.choice(words.TASKS), self.draw.choice(self.ground.units),
            due, state, since, handed, done, done,
        )  # fmt: skip
        if handed:
            self.tables["event"].add(
                case, task, "dispatch", "drafted", "dispatched", "", since, True
            )

    def _add_events(self, case: int, steps) -> None:
        for action, before, after, at in steps:
            self.tables["event"].add(
                case, None, action, before, after, "county_office", at, action in PUBLIC_ACTIONS
            )
