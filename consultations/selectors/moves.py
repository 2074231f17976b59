"""What happened to a record while somebody was looking at it: who, what, when, where it stands now."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Case, Event, Task
from consultations.selectors.timeline import LABELS
from consultations.selectors.wording import stage_names


def last_change(subject: Case | Task) -> Event | None:
    """The newest line of history of a case itself, or of a task."""
    events = subject.events.select_related("actor")
    own = events.filter(task=None) if isinstance(subject, Case) else events
    return own.order_by("-at", "-pk").first()


def moved_on(subject: Case | Task) -> str:
    """In words: by whom and when it was moved last, and the stage that it reached; else empty."""
    events = subject.events.select_related("actor").exclude(to_stage="")
    if isinstance(subject, Case):
        events = events.filter(task=None)
    moves = (e for e in events.order_by("-at", "-pk")[:20] if e.from_stage != e.to_stage)
    event = next(moves, None)
    if event is None:
        return ""
    told = {**who_and_when(event), "stage": _stage_of(subject)}
    return _("%(who)s took the step “%(step)s” on %(when)s. It now stands at: %(stage)s.") % told


def who_and_when(event: Event) -> dict[str, str]:
    when = timezone.localtime(event.at)
    return {
        "who": str(event.actor or event.get_role_display() or _("the system")),
        "step": str(LABELS.get(event.action, event.action)),
        "when": when.strftime("%Y-%m-%d %H:%M"),
    }


def _stage_of(subject: Case | Task) -> str:
    names = stage_names()
    if isinstance(subject, Case):
        return names.of_case(subject)
    return names.of_task(subject, case=subject.case)
