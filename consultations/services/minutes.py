"""Write the record of one meeting: fields, agenda, people, statements and agreed items at once.

Only until the meeting is concluded: what was read back and confirmed is corrected by
`services.corrections`, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import User
from committees.services.versions import store
from consultations.models import AgendaItem, Case, Meeting, Participant, Statement
from consultations.services.history import line
from consultations.services.items import WRITABLE, write_items
from consultations.services.records import editing_role
from consultations.services.screening import released_anew, screen
from consultations.services.steps import JustChanged, claim
from consultations.workflow.engine import Refused

Row = Mapping[str, Any]

SHOWN = ("name", "organisations", "summary")  # the minutes themselves never are
MEETING_FIELDS = ("name", "form", "head_count", "organisations", "summary", "minutes", "link")


@transaction.atomic
@released_anew
def save_record(
    meeting: Meeting,
    *,
    by: User,
    version: int,
    fields: Mapping[str, Any],
    agenda: Iterable[Row] = (),
    participants: Iterable[Row] = (),
    statements: Iterable[Row] = (),
    items: Iterable[Row] = (),
) -> None:
    """Write the record; `version` is that of the case. All of it is written, or nothing.

    A statement names its speaker by `speaker_row`, the position in `participants`, or None.
    """
    case = Case.objects.get(pk=meeting.case_id)
    role = editing_role(case, by)
    claim(case, version=version)
    meeting.refresh_from_db()
    if meeting.status != Meeting.Status.PLANNED:
        raise Refused([_("The meeting has been concluded; its record is corrected with a reason.")])
    write_facts(
        case, meeting, by=by, fields=fields, agenda=agenda, participants=participants,
        statements=statements,
    )  # fmt: skip
    if case.stage in WRITABLE:
        write_items(case, items, by=by, role=role)
    line(case, "record_meeting", by=by, role=role, facts={"meeting": meeting.pk})


def write_facts(
    case: Case,
    meeting: Meeting,
    *,
    by: User,
    fields: Mapping[str, Any],
    agenda: Iterable[Row],
    participants: Iterable[Row],
    statements: Iterable[Row],
) -> None:
    """Write what happened, inside the caller's transaction. Whether that is allowed is asked
    before."""
    points = [row.get("title", "") for row in agenda]
    screen(case, [*(fields.get(name, "") for name in SHOWN), *points])
    for name in MEETING_FIELDS:
        setattr(meeting, name, fields.get(name, getattr(meeting, name)))
    store(meeting, by=by, fields=list(MEETING_FIELDS))
    _write(meeting, AgendaItem, agenda)
    people = _write(meeting, Participant, participants)
    spoken = [_with_speaker(row, people) for row in statements]
    _write(meeting, Statement, spoken)
    _remove(meeting, participants)


def _with_speaker(row: Row, people: list[Participant | None]) -> dict[str, Any]:
    place = row.get("speaker_row")
    kept = {name: value for name, value in row.items() if name != "speaker_row"}
    return kept | {"speaker": None if place is None else people[place]}


def _write(meeting: Meeting, model: type, rows: Iterable[Row]) -> list[Any]:
    """Write the rows of one kind in order; the answer has None where a row goes away."""
    kept = {row.pk: row for row in model.objects.filter(meeting=meeting)}  # type: ignore[attr-defined]
    written: list[Any] = []
    for row in rows:
        if row.get("id") and row["id"] not in kept:
            raise JustChanged
        record = kept[row["id"]] if row.get("id") else model(meeting=meeting)
        if row.get("delete"):
            if record.pk and model is not Participant:
                record.delete()
            written.append(None)
            continue
        for name, value in row.items():
            if name not in ("id", "delete"):
                setattr(record, name, value)
        record.save()
        written.append(record)
    return written


def _remove(meeting: Meeting, participants: Iterable[Row]) -> None:
    """People go last: a statement may still have pointed at them. Their words stay, unnamed."""
    gone = [row["id"] for row in participants if row.get("delete") and row.get("id")]
    Statement.objects.filter(meeting=meeting, speaker__in=gone).update(speaker=None)
    Participant.objects.filter(meeting=meeting, pk__in=gone).delete()
