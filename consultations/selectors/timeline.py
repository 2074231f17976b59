"""The history of a case as it is told: facts from the rows, words made here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDate
from consultations.models import Case, Event, Overdue, StageName, Urging
from consultations.selectors.silent import silenced
from consultations.selectors.wording import Names, place_of
from consultations.workflow.cases import CASES
from consultations.workflow.tasks import TASKS

OTHER_LABELS = {
    "create": _("Topic logged"),
    "edit": _("Record edited"),
    "assign": _("Person in charge named"),
    "record_meeting": _("Meeting record written"),
    "save_outcome": _("Agreed items and tasks written"),
    "record_figures": _("Outcome figures and funds written"),
    "link": _("Linked with another case"),
    "take_in": _("Another topic joined this one"),
    "let_go": _("A topic that had joined stands alone again"),
    "attach": _("File added"),
    "media_reports": _("Media reports written"),
    "describe_file": _("File prepared for the public"),
    "mark_file": _("Said whether residents can be recognised in a file"),
    "release_file": _("File released to the public"),
    "take_down_file": _("File taken down"),
    "take_off": _("Co-worker taken off"),
    "follow_up": _("Follow-up on record"),
    "look_again": _("Looked back at what was closed"),
    "check_commitment": _("Commitment checked"),
    "settle": _("Settled on the spot"),
    "rate": _("Rating entered"),
    "begin_key_supervision": _("A leader takes the case under supervision"),
    "end_key_supervision": _("Supervision by a leader ended"),
    "convert_more": _("Carried on in another form"),
    "conversion_came_back": _("What became of a conversion"),
    "record_instruction": _("Leader's instruction on record"),
    "issue_rating_codes": _("Slips for the rating handed out"),
    "issue_appraisal_codes": _("Slips for an appraisal handed out"),
    "appraise": _("Appraisal slip answered"),
    "revoke_rating_codes": _("Unused slips revoked"),
    "judge_rating": _("Bad rating judged"),
    "write_public_text": _("Public text written"),
    "add_milestone": _("Milestone set"),
    "change_milestone": _("Milestone changed"),
    "finish_milestone": _("Milestone reached"),
    "remove_milestone": _("Milestone removed"),
    "correct_record": _("Meeting record corrected"),
    "overdue": _("Overdue"),
    "urge": _("Followed up"),
    "urge_drop": _("Follow-up slip dropped"),
    "urge_withdraw": _("Draft of a follow-up slip withdrawn by itself"),
    "urge_answer": _("Follow-up slip answered"),
    "correct_visit": _("Visit corrected"),
    "take_words_out": _("The resident's own words taken out, as the resident asked"),
    "calendar_moved": _("Due date moved with the working calendar"),
    "rule_moved": _("Due date moved to the rule in force"),
}
LABELS = {row.action: row.label for row in (*CASES, *TASKS)} | OTHER_LABELS


@dataclass(frozen=True)
class Line:
    """One line of the timeline. `when` is None where a report gives no date; `reached` names the
    stage that the step led to, for staff, where it led anywhere; `detail` is what is told besides:
    a number, a reason."""

    event: Event
    label: str
    when: PartialDate | None
    reached: str = ""
    detail: str = ""

    @property
    def note(self) -> str:
        return self.event.data.get("note", "")

    @property
    def about(self) -> str:
        """Which milestone of which item, or which other case, the line tells of, for staff."""
        data = self.event.data
        if "milestone" in data:
            return f"{data['item']}. {data.get('title', '')}"
        return str(data.get("code", ""))


def timeline(case: Case, *, public: bool, names: Names | None = None) -> list[Line]:
    """Every line in order of time; for the public only the lines of public steps."""
    events = case.events.told().select_related("actor", "task__unit", "citation__report")
    if public:
        events = events.filter(is_public=True)
    return lines(events.order_by("at", "pk"), case=case, names=names)


def lines(events: Iterable[Event], *, case: Case, names: Names | None = None) -> list[Line]:
    """With `names`, each line also tells which stage was reached, as the case's place calls it.

    The events come from `Event.objects.told()`."""
    told = silenced(events)
    return [
        Line(
            e,
            how_it_ended(e) or str(LABELS.get(e.action, e.action)),
            day_of(e),
            _reached(e, case, names),
            detail_of(e, told),
        )
        for e in told
    ]


def how_it_ended(event: Event) -> str:
    """What became of the tasks of a case where not each of them was carried out; else nothing."""
    if event.action != "complete":
        return ""
    done, planned, cancelled = (
        int(event.data.get(name) or 0) for name in ("done", "in_plan", "cancelled")
    )
    if not planned and not cancelled:
        return ""
    parts = (
        (done, ngettext("%(n)s task done", "%(n)s tasks done", done)),
        (planned, ngettext("%(n)s task in plan", "%(n)s tasks in plan", planned)),
        (cancelled, ngettext("%(n)s task cancelled", "%(n)s tasks cancelled", cancelled)),
    )
    told = "，".join(words % {"n": n} for n, words in parts if n)
    return gettext("Each task has come to an end: %s") % told


def detail_of(event: Event, events: Iterable[Event]) -> str:
    """Beside the end of all tasks, why some had been cancelled; beside the end of the case, what
    was done about those who were not content."""
    if event.action == "close" and event.data.get("answer"):
        return gettext("On the dissatisfied answers: %s") % event.data["answer"]
    if event.action in FOLLOW_UP:
        return FOLLOW_UP[event.action](event.data)
    return _why_cancelled(event, events) if how_it_ended(event) else ""


def _which_date(data: Mapping[str, Any]) -> str:
    kinds = dict(Overdue.Kind.choices)
    day = date_format(dt.date.fromisoformat(data["due_on"]))
    words = {"what": kinds.get(data.get("what", ""), ""), "day": day}
    return gettext("%(what)s, due %(day)s") % words


def _which_rung(data: Mapping[str, Any]) -> str:
    label = dict(Urging.Rung.choices).get(data.get("rung", ""), "")
    return f"{label} {data.get('number', '')}".strip()


def _why_withdrawn(data: Mapping[str, Any]) -> str:
    why = dict(Urging.Overtaken.choices).get(data.get("why", ""), "")
    return f"{_which_rung(data)}：{why}"


def _from_to(data: Mapping[str, Any]) -> str:
    return f"{data.get('from', '')} → {data.get('to', '')}"


FOLLOW_UP: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "overdue": _which_date,
    "urge": _which_rung,
    "urge_drop": _which_rung,
    "urge_answer": _which_rung,
    "urge_withdraw": _why_withdrawn,
    "calendar_moved": _from_to,
    "rule_moved": _from_to,
}


def _why_cancelled(event: Event, events: Iterable[Event]) -> str:
    reasons = dict.fromkeys(
        e.reason for e in events if e.task_id and e.action == "cancel" and e.pk < event.pk
    )
    why = "；".join(filter(None, reasons))
    return gettext("Cancelled because: %s") % why if why else ""


def _reached(event: Event, case: Case, names: Names | None) -> str:
    if names is None or not event.to_stage or event.to_stage == event.from_stage:
        return ""
    kind = StageName.Kind.TASK if event.task_id else StageName.Kind.CASE
    return names.of(kind, event.to_stage, region=place_of(case))


def day_of(event: Event) -> PartialDate | None:
    if event.happened_on is not None:
        return event.happened_on
    if event.actor_id is None and event.citation_id is not None:
        return None
    return PartialDate.parse(timezone.localtime(event.at).date())
