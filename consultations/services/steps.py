"""The one writer of a stage: checks, writes stage and history together, or refuses.

The path of a step: read the row afresh (under a row lock where the database has one), ask the
table again, write what the step captured, move the stage by an UPDATE on stage *and* version,
add the line of history. All of it in one transaction, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.grants import read_once
from committees.models import User
from consultations import calendar
from consultations.models import Case, Event, Task
from consultations.permissions import Subject, acting_choices, asked, roles_on, stage_of, table_of
from consultations.services import history, overdue
from consultations.services.screening import screen
from consultations.workflow import engine
from consultations.workflow.engine import SUPERVISOR, SYSTEM, Ask, Refused, Transition


@dataclass(frozen=True)
class Outcome:
    """What an effect hands back: columns to set with the stage, facts for the history line."""

    fields: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


Effect = Callable[[Ask], Outcome]
NOTHING = Outcome()


class JustChanged(Refused):
    """Somebody else changed the record between looking and acting."""

    def __init__(self) -> None:
        super().__init__(
            [_("Somebody else has just changed this record. Look at it again, then decide.")]
        )


@transaction.atomic
@read_once()
def take(
    subject: Subject,
    action: str,
    *,
    by: User | None,
    effects: Mapping[str, Effect],
    role: str = "",
    data: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Event:
    """Take one step and write its line of history. Raises `Refused` with every reason.

    `by` is None for an automatic step, and for a citizen supervisor (`role`). `version`, when
    given, is the one the person looked at.
    On success `subject` is refreshed in place.
    """
    calendar.reread()
    fresh = _read(subject)
    if version is not None and version != fresh.version:
        raise JustChanged
    row = engine.find(table_of(fresh), action, stage_of(fresh))
    ask = asked(fresh, by, _acting_role(row, by, fresh, role), data or {})
    reasons = engine.refusals(row, ask)
    if row is None or reasons:
        raise Refused(reasons)
    if row.public:
        case = fresh if isinstance(fresh, Case) else fresh.case
        screen(case, [ask.given(name) for name in ("reason", "closing_note", "unhappy_answer")])
    overdue.note(fresh)
    stage = stage_of(fresh)
    outcome = effects.get(action, lambda ask: NOTHING)(ask)
    target = row.target(ask, stage)
    _move(fresh, stage, target, outcome.fields)
    event = _write_history(row, ask, stage, target, outcome.facts)
    subject.refresh_from_db()
    return event


def claim(case: Case, *, version: int) -> None:
    """Reserve the next version for an edit that moves no stage. Raises `JustChanged`.

    Call it inside the transaction of the edit; `case` is refreshed in place.
    """
    claimed = Case.objects.filter(pk=case.pk, version=version).update(
        version=F("version") + 1, updated_at=timezone.now()
    )
    if not claimed:
        raise JustChanged
    case.refresh_from_db()


def _read(subject: Subject) -> Subject:
    model = type(subject)
    return model.objects.select_for_update().get(pk=subject.pk)


def _acting_role(row: Transition | None, by: User | None, subject: Subject, role: str) -> str:
    """The role asked for if the person holds it, else the first held one that the row allows."""
    if by is None:
        return role if role == SUPERVISOR else SYSTEM
    held = roles_on(by, subject)
    if role:
        return role if role in held else ""
    wanted = (*row.roles, *row.proxy_roles) if row else ()
    return next((r for r in wanted if r in held), "")


def _move(subject: Subject, stage: str, target: str, fields: dict[str, Any]) -> None:
    is_case = isinstance(subject, Case)
    name, since = ("stage", "stage_since") if is_case else ("state", "state_since")
    changes: dict[str, Any] = {**fields, "version": F("version") + 1}
    if target != stage:
        changes |= {name: target, since: timezone.now()}
    if isinstance(subject, Case):
        changes["updated_at"] = timezone.now()
    moved = (
        type(subject)
        .objects.filter(pk=subject.pk, version=subject.version, **{name: stage})
        .update(**changes)
    )
    if not moved:
        raise JustChanged


def _acts_for(ask: Ask) -> str:
    """The name of the person a deputy chose to act for, if one was chosen. Raises `Refused`."""
    wanted = ask.given("acting_for")
    if not wanted or ask.by is None:
        return ""
    choices = acting_choices(ask.by, ask.subject, ask.role)
    chosen = next((person for person in choices if person and str(person.pk) == str(wanted)), None)
    if chosen is None:
        raise Refused([_("You do not act for this person.")])
    return str(chosen)[:60]


def _write_history(
    row: Transition, ask: Ask, stage: str, target: str, facts: dict[str, Any]
) -> Event:
    task = ask.subject if isinstance(ask.subject, Task) else None
    proxy = ask.role in row.proxy_roles
    if proxy:
        facts = {**facts, "paper_note": str(ask.given("paper_note"))}
    return history.line(
        ask.subject.case if isinstance(ask.subject, Task) else ask.subject,
        row.action,
        by=ask.by,
        role="" if ask.role == SYSTEM else ask.role,
        task=task,
        moved=(stage, target),
        reason=str(ask.given("reason") or "")[:500],
        facts=facts,
        on_behalf_of=task.unit_name if task and proxy else _acts_for(ask),
        public=row.public,
    )
