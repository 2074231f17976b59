"""Everything of one public case, by one statement; a second one where cases are linked to it.

What must not be read by anybody without an account is not asked for at all: minutes, statements,
notes, replies as written, names of residents (they are masked before they leave this module).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from committees.models import Citation, Committee, Origin, Region, Studio
from committees.partial_dates import PartialDate
from consultations.models import (
    AgendaItem,
    Attachment,
    Campaign,
    Case,
    CoHost,
    Conversion,
    Event,
    FieldVisit,
    FollowUp,
    FundLine,
    Instruction,
    LookBack,
    MediaReport,
    Meeting,
    OutcomeMetric,
    Participant,
    ReportedFigure,
    Side,
    TopicField,
    TopicSource,
)
from consultations.models.meetings import PUBLIC_NAMES
from consultations.privacy import mask_name
from consultations.selectors.jsonrows import Bundle, as_models
from consultations.selectors.public_beside import beside
from consultations.selectors.public_case_rows import RELATED
from consultations.selectors.public_items import ItemRow, item_rows
from consultations.selectors.public_timeline import FACTS, public_lines
from consultations.selectors.ratings import Score, latest_score
from consultations.selectors.silent import silenced
from consultations.selectors.timeline import Line

# The records that a case belongs to, with what its page names of them.
BELONGS_TO = {
    "region": Region, "committee": Committee, "studio": Studio, "campaign": Campaign,
    "field": TopicField,
}  # fmt: skip


@dataclass
class MeetingRow:
    meeting: Meeting
    participants: list[Participant]
    agenda: list[AgendaItem]
    reports: list[MediaReport]
    files: list[Attachment]

    @property
    def is_planned(self) -> bool:
        return self.meeting.status == Meeting.Status.PLANNED

    @property
    def present(self) -> list[Participant]:
        """Who came; before the meeting, who is asked to come."""
        return [p for p in self.participants if self.is_planned or p.attended]

    @property
    def numbers_known(self) -> bool:
        """True where the record says how many of each there were, not only that they were."""
        return bool(self.present) and all(p.count for p in self.present)


@dataclass
class CasePage:
    """A public case with all that its page shows."""

    case: Case
    related: dict[str, list[dict[str, Any]]]
    beside: list[Case] = field(default_factory=list)

    def rows(self, name: str, model: type) -> list[Any]:
        return as_models(model, self.related[name])

    @cached_property
    def items(self) -> list[ItemRow]:
        return item_rows(self.rows, case=self.case)

    @cached_property
    def task_count(self) -> int:
        return sum(len(row.tasks) for row in self.items)

    @cached_property
    def meetings(self) -> list[MeetingRow]:
        people = [_for_the_public(p) for p in self.rows("participant", Participant)]
        found = self.rows("meeting", Meeting)
        for meeting in found:
            meeting.planned_on = _day(meeting.starts)
        points = self.rows("agenda", AgendaItem)
        reports = self.rows("report", MediaReport)
        below: tuple[list[Any], ...] = (people, points, reports, self.every_file)
        return [
            MeetingRow(m, *([row for row in rows if row.meeting_id == m.pk] for rows in below))
            for m in found
        ]

    @cached_property
    def sides(self) -> list[Side]:
        return self.rows("side", Side)

    @cached_property
    def visits(self) -> list[FieldVisit]:
        return [_for_the_public_visit(visit) for visit in self.rows("visit", FieldVisit)]

    @cached_property
    def metrics(self) -> list[OutcomeMetric]:
        found = self.rows("metric", OutcomeMetric)
        for metric in found:
            metric.shown = metric.before if metric.after is None else metric.after
        return found

    @cached_property
    def funds(self) -> list[FundLine]:
        return self.rows("fund", FundLine)

    @cached_property
    def look_backs(self) -> list[LookBack]:
        return self.rows("look_back", LookBack)

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        return self.rows("follow_up", FollowUp)

    @cached_property
    def conversions(self) -> list[Conversion]:
        return self.rows("conversion", Conversion)

    @cached_property
    def instructions(self) -> list[Instruction]:
        return self.rows("instruction", Instruction)

    @cached_property
    def co_hosts(self) -> list[CoHost]:
        return self.rows("co_host", CoHost)

    @cached_property
    def files(self) -> list[Attachment]:
        """Those of the case as a whole; the others stand at their meeting."""
        shown = {row.meeting.pk for row in self.meetings}
        return [file for file in self.every_file if file.meeting_id not in shown]

    @cached_property
    def every_file(self) -> list[Attachment]:
        """What was released; of a file that was taken down only its kind, the day and the reason."""
        found = self.rows("file", Attachment)
        for file in found:
            file.hidden_on = _day(file.hidden)
        return found

    @cached_property
    def figures(self) -> list[ReportedFigure]:
        return self.rows("figure", ReportedFigure)

    @cached_property
    def sources(self) -> list[Citation]:
        """One line for each report the case rests on."""
        found = {c.report_code: c for c in self.rows("source", Citation)}
        for one in found.values():
            one.published_on = PartialDate(one.report_date) if one.report_date else None
        return list(found.values())

    @cached_property
    def score(self) -> Score:
        asked = [*self.related["asked"], *self.related["slip"]]
        return latest_score(self.related["rating"], asked)

    @cached_property
    def lines(self) -> list[Line]:
        people = self.related["participant"]
        residents = [p["name"] for p in people if p["name"] and p["capacity"] not in PUBLIC_NAMES]
        events = self.rows("line", Event)
        for event in events:
            told = {name: getattr(event, name) for name in FACTS}
            event.data = {name: value for name, value in told.items() if value}
        return public_lines(silenced(events), names=residents)

    @cached_property
    def case_lines(self) -> list[Line]:
        return [line for line in self.lines if line.event.task_id is None]

    @cached_property
    def task_lines(self) -> list[Line]:
        return [line for line in self.lines if line.event.task_id is not None]

    @property
    def place(self) -> str:
        """Where it is, from the prefecture down to the spot."""
        case, region = self.case, self.case.region
        above = [case.prefecture_name, case.county_name]  # type: ignore[attr-defined]
        if region.level == Region.Level.VILLAGE:
            above.append(region.parent_name)  # type: ignore[attr-defined]
        if len(region.pk) > 6:
            above.append(region.name)
        return f"{''.join(filter(None, above))} {case.place}".strip()

    @property
    def proposer(self) -> str:
        """Who raised it; a resident stays unnamed unless a report names a group."""
        residents = self.case.source in (TopicSource.RESIDENTS, TopicSource.SOCIETY, "")
        return "" if residents and self.case.origin != Origin.REPORTED else self.case.proposer

    @property
    def is_brief(self) -> bool:
        """Few steps on record and nothing handed over: told step by step, without a table."""
        return not self.task_count and self.case.steps_recorded.bit_count() < 6


def case_page(pk: int, *, rows: Bundle = RELATED) -> CasePage | None:
    """The page of a public case, or with `PREVIEW` of any; None where there is none to be seen."""
    related = rows.of(pk)
    if not related:
        return None
    case = _with_what_it_belongs_to(related["case"][0])
    page = CasePage(case, related, beside(case, related))
    dates = [row["report_date"] for row in related["source"] if row["report_date"]]
    case.reported_on = PartialDate(max(dates)) if dates else None  # type: ignore[attr-defined]
    return page


def _day(moment: str | None) -> dt.date | None:
    """The day in Shanghai of a moment as the database wrote it into JSON."""
    found = parse_datetime(moment) if moment else None
    if found is None:
        return None
    aware = found if timezone.is_aware(found) else found.replace(tzinfo=dt.UTC)
    return timezone.localtime(aware).date()


def _for_the_public(person: Participant) -> Participant:
    if person.capacity not in PUBLIC_NAMES:
        person.name = mask_name(person.name)
    return person


def _for_the_public_visit(visit: FieldVisit) -> FieldVisit:
    """Whose door was knocked at and what was heard there stays inside, unless a report told it."""
    if visit.citation_id is None:
        visit.place = visit.findings = ""
    return visit


def _with_what_it_belongs_to(row: dict[str, Any]) -> Case:
    """`committee__short_name` becomes `case.committee.short_name`; None where it belongs to none."""
    case = as_models(Case, [{name: row[name] for name in row if "__" not in name}])[0]
    for name, model in BELONGS_TO.items():
        key = row[f"{name}_id"]
        if key is None:
            continue
        own = {path.split("__", 1)[1]: row[path] for path in row if path.startswith(f"{name}__")}
        own[model._meta.pk.attname] = key
        one = as_models(model, [{path.replace("__", "_"): own[path] for path in own}])[0]
        setattr(case, name, one)
    return case
