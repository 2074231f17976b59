"""Correct the record of a meeting that was concluded: with a reason, and with what stood there before.

The agreed items are not part of it: they were read back, and are returned through the workflow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from committees.models import User
from consultations.models import Capacity, Case, Meeting
from consultations.privacy import mask_name
from consultations.services.history import line
from consultations.services.minutes import MEETING_FIELDS, write_facts
from consultations.services.records import editing_role
from consultations.services.screening import released_anew, screen
from consultations.services.steps import claim
from consultations.workflow.engine import Refused

Row = Mapping[str, Any]
Rows = dict[int, dict[str, Any]]

PARTS = {
    "meeting": MEETING_FIELDS,
    "agenda": ("order", "title", "starts_at", "ends_at", "speaker"),
    "participants": ("capacity", "name", "organisation", "side", "count", "attended"),
    "statements": ("speaker", "kind", "text", "order"),
}
RESIDENTS = (Capacity.PARTY, Capacity.MASSES, Capacity.ELDER, Capacity.OBSERVER)
# What the public page shows of a meeting; a change of it is told there, without the words.
PUBLIC = {"name", "form", "head_count", "organisations", "summary"}


@transaction.atomic
@released_anew
def correct_record(
    meeting: Meeting,
    *,
    by: User,
    version: int,
    reason: str,
    fields: Mapping[str, Any],
    agenda: Iterable[Row] = (),
    participants: Iterable[Row] = (),
    statements: Iterable[Row] = (),
) -> None:
    """Write the corrected facts and one line of history with each change, old and new.

    Raises `Refused` for whoever has no editing role, without a reason, for a meeting that was not
    concluded, where nothing differs, and where the record would lack what a conclusion needs.
    """
    case = Case.objects.get(pk=meeting.case_id)
    role = editing_role(case, by)
    claim(case, version=version)
    meeting.refresh_from_db()
    if meeting.status != Meeting.Status.HELD:
        raise Refused([_("Only the record of a concluded meeting is corrected.")])
    if not reason.strip():
        raise Refused([_("Say why the record is corrected.")])
    screen(case, reason)
    before = facts_of(meeting)
    write_facts(
        case, meeting, by=by, fields=fields, agenda=agenda, participants=participants,
        statements=statements,
    )  # fmt: skip
    after = facts_of(meeting)
    changes = differences(before, after)
    if not changes:
        raise Refused([_("Nothing was different.")])
    _still_complete(meeting)
    line(
        case, "correct_record", by=by, role=role, reason=reason,
        facts={"meeting": meeting.pk, "changes": masked(changes, names=_residents(before, after))},
        public=any(map(_is_shown, changes)),
    )  # fmt: skip


def facts_of(meeting: Meeting) -> dict[str, Rows]:
    """Every fact of the record as it stands: part, row, field, plain value."""
    rows: dict[str, Iterable[Model]] = {
        "meeting": [meeting],
        "agenda": meeting.agenda.order_by("pk"),
        "participants": meeting.participants.select_related("side").order_by("pk"),
        "statements": meeting.statements.select_related("speaker").order_by("pk"),
    }
    return {
        part: {row.pk: _plain(row, names) for row in rows[part]} for part, names in PARTS.items()
    }


def _plain(record: Model, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in names}
    return {
        name: value if value is None or isinstance(value, str | int) else str(value)
        for name, value in values.items()
    }


def differences(before: dict[str, Rows], after: dict[str, Rows]) -> list[dict[str, Any]]:
    """What was changed, added or removed, in the order of the parts and rows.

    Each is a dict of part, row and kind; a change has field, old and new, an added row what it
    holds as new, a removed one what it held as old.
    """
    found: list[dict[str, Any]] = []
    for part in PARTS:
        old, new = before[part], after[part]
        for key in sorted(old.keys() | new.keys()):
            found += _row_differences({"part": part, "row": key}, old.get(key), new.get(key))
    return found


def _row_differences(
    place: dict[str, Any], old: dict[str, Any] | None, new: dict[str, Any] | None
) -> list[dict[str, Any]]:
    if old is None:
        return [place | {"kind": "added", "new": new}]
    if new is None:
        return [place | {"kind": "removed", "old": old}]
    return [
        place | {"kind": "changed", "field": name, "old": old[name], "new": new[name]}
        for name in old
        if old[name] != new[name]
    ]


def _residents(*records: dict[str, Rows]) -> set[str]:
    """Who took part as a resident, before or after: history is never written anew, so that a name
    in it could not be taken out later."""
    people = [row for record in records for row in record["participants"].values()]
    return {row["name"] for row in people if row["capacity"] in RESIDENTS and row["name"]}


def masked(told: Any, *, names: Iterable[str]) -> Any:
    """The same rows and lists, with 张** in the place of a resident's name."""
    if isinstance(told, str):
        for name in sorted(names, key=len, reverse=True):
            told = told.replace(name, mask_name(name)) if len(name) > 1 else told
        return told
    if isinstance(told, Mapping):
        return {key: masked(value, names=names) for key, value in told.items()}
    return [masked(value, names=names) for value in told] if isinstance(told, list) else told


def _is_shown(change: Mapping[str, Any]) -> bool:
    return change["part"] in ("participants", "agenda") or change.get("field") in PUBLIC


def _still_complete(meeting: Meeting) -> None:
    """A correction does not undo the conclusion: what it rested on still stands.

    A report need not tell all of that, so its meetings are not held to it.
    """
    if meeting.citation_id is not None:
        return
    present = meeting.participants.filter(attended=True)
    reasons = []
    if not present.filter(capacity=Capacity.HOST).exists():
        reasons.append(_("Mark the CPPCC member who hosted the meeting."))
    if meeting.items.exists():
        if present.exclude(side=None).values("side").distinct().count() < 2:
            reasons.append(_("People of at least two sides were present: assign sides."))
        if not meeting.statements.exists():
            reasons.append(_("Record at least one statement."))
    if reasons:
        raise Refused(reasons)
