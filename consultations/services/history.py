"""The one writer of history: a line of the case, an entry of the audit log and the notices of
those who have to know, together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, User
from committees.partial_dates import PartialDate
from consultations.models import Case, Event, Task
from consultations.permissions import Subject, acting_choices, stage_of
from consultations.selectors.traces import names_in
from consultations.services import notices, sleeping
from consultations.workflow.cases import CASES
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TASKS

STEPS = {row.action for row in (*CASES, *TASKS)}


def line(
    case: Case,
    action: str,
    *,
    by: User | None,
    role: str,
    task: Task | None = None,
    moved: tuple[str, str] | None = None,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    on_behalf_of: str = "",
    public: bool = False,
) -> Event:
    """Write one line. `moved` is (from, to); without it the case stays at its stage.

    A deputy's line says for whom, also where nobody was chosen. The words stay for good: raises
    `Refused` where the reason, or the paper it rests on, names a resident of the case.
    """
    keep_names_out(case, reason, str((facts or {}).get("paper_note") or ""))
    on_behalf_of = on_behalf_of or _principals(by, task or case, role)
    before, after = moved or (case.stage, case.stage)
    event = Event.objects.create(
        case=case,
        task=task,
        action=action,
        from_stage=before,
        to_stage=after,
        actor=by,
        role=role,
        reason=reason,
        data=dict(facts or {}),
        on_behalf_of=on_behalf_of,
        is_public=public,
    )
    _audit(event, case)
    sleeping.wake(case)
    notices.tell_of(event)
    return event


def keep_names_out(case: Case, *words: str) -> None:
    """Raise `Refused` where words that can never be taken out again name a resident of the case."""
    typed = [text for text in words if text]
    if typed and any(name in text for name in names_in(case) for text in typed):
        told = _("The reason stays on record for good: please write it without residents' names.")
        raise Refused([told])


@dataclass(frozen=True)
class Told:
    """A line that the calendar writes: nobody took a step, something became so on a day."""

    subject: Subject
    action: str
    facts: Mapping[str, Any]
    on: dt.date

    @property
    def case(self) -> Case:
        return self.subject if isinstance(self.subject, Case) else self.subject.case


def by_nobody(told: Sequence[Told]) -> list[Event]:
    """Many such lines at once, each dated with its true day whenever it is written."""
    events = Event.objects.bulk_create(_event(line) for line in told)
    _audit_many(told, events)
    return events


def at_once(told: Sequence[Told], *, by: User, role: str, reason: str = "") -> list[Event]:
    """Lines of one act of a person on many matters. No case wakes of it, and nobody gets a notice
    of each. Raises `Refused` where the reason names a resident of one of the cases."""
    for case in {line.case.pk: line.case for line in told}.values():
        keep_names_out(case, reason)
    behalf = _principals(by, told[0].subject, role) if told else ""
    events = [_event(line) for line in told]
    for event in events:
        event.actor, event.role, event.reason, event.on_behalf_of = by, role, reason, behalf
    Event.objects.bulk_create(events)
    _audit_many(told, events, by=by, role=role)
    return events


def _audit_many(
    told: Sequence[Told], events: Sequence[Event], *, by: User | None = None, role: str = ""
) -> None:
    audit.record_many(
        AuditEntry.Kind.RECORD,
        [
            (line.subject, line.case.region_id, {"event": event.pk, "action": line.action})
            for line, event in zip(told, events, strict=True)
        ],
        by=by,
        role=role,
    )


def _event(told: Told) -> Event:
    stage = stage_of(told.subject)
    return Event(
        case=told.case,
        task=told.subject if isinstance(told.subject, Task) else None,
        action=told.action,
        from_stage=stage,
        to_stage=stage,
        data=dict(told.facts),
        happened_on=PartialDate.parse(told.on),
    )


def _principals(by: User | None, subject: Subject, role: str) -> str:
    """Those a deputy acts for; empty for somebody who acts in the own right."""
    choices = acting_choices(by, subject, role) if by else []
    if None in choices:
        return ""
    return "、".join(str(person) for person in choices)[:60]


def _audit(event: Event, case: Case) -> None:
    """Without the reason and the facts: words stay in the history of the case."""
    audit.record(
        AuditEntry.Kind.STEP if event.action in STEPS else AuditEntry.Kind.RECORD,
        by=event.actor,
        role=event.role,
        region=case.region_id,
        about=event.task or case,
        facts={
            "event": event.pk,
            "action": event.action,
            "from": event.from_stage,
            "to": event.to_stage,
        },
    )


def refused(subject: Subject, action: str, *, by: User, reasons: int = 1) -> None:
    """Tell the audit log that somebody tried a step and was refused."""
    case = subject if isinstance(subject, Case) else subject.case
    facts = {"action": action, "reasons": reasons}
    audit.record(AuditEntry.Kind.REFUSED, by=by, region=case.region_id, about=subject, facts=facts)


def tried(kind: type[Case] | type[Task], pk: int, action: str, *, by: User) -> None:
    """The same of a record that the person may not even see; of what does not exist nothing."""
    if action not in STEPS:
        return
    path = "region" if kind is Case else "case__region"
    if subject := kind.objects.select_related(path).filter(pk=pk).first():
        refused(subject, action, by=by)


@contextmanager
def refusals_told(subject: Subject, action: str, *, by: User | None) -> Iterator[None]:
    """Tell the audit log of a step that somebody tried and that was refused; outside of the
    transaction that the refusal undoes."""
    try:
        yield
    except Refused as refusal:
        if by is not None:
            refused(subject, action, by=by, reasons=len(refusal.reasons))
        raise
