"""The history of a case as it is told: facts from the rows, words made here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDate
from consultations.models import Case, Event
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
    "attach": _("File added"),
    "follow_up": _("Follow-up on record"),
    "check_commitment": _("Commitment checked"),
    "settle": _("Settled on the spot"),
    "rate": _("Rating entered"),
    "write_public_text": _("Public text written"),
    "add_milestone": _("Milestone set"),
    "change_milestone": _("Milestone changed"),
    "finish_milestone": _("Milestone reached"),
    "remove_milestone": _("Milestone removed"),
    "correct_record": _("Meeting record corrected"),
}
LABELS = {row.action: row.label for row in (*CASES, *TASKS)} | OTHER_LABELS


@dataclass(frozen=True)
class Line:
    """One line of the timeline. `when` is None where a report gives no date."""

    event: Event
    label: str
    when: PartialDate | None

    @property
    def note(self) -> str:
        return self.event.data.get("note", "")

    @property
    def about(self) -> str:
        """Which milestone of which item the line tells of, for staff."""
        data = self.event.data
        return f"{data['item']}. {data['title']}" if "milestone" in data else ""


def timeline(case: Case, *, public: bool) -> list[Line]:
    """Every line in order of time; for the public only the lines of public steps."""
    events = case.events.select_related("actor", "task__unit", "citation__report")
    if public:
        events = events.filter(is_public=True)
    return lines(events.order_by("at", "pk"))


def lines(events: Iterable[Event]) -> list[Line]:
    return [Line(e, str(LABELS.get(e.action, e.action)), day_of(e)) for e in events]


def day_of(event: Event) -> PartialDate | None:
    if event.happened_on is not None:
        return event.happened_on
    if event.actor_id is None and event.citation_id is not None:
        return None
    return PartialDate.parse(timezone.localtime(event.at).date())
