"""Changes to what is typed in a record: each claims the version it was looked at, and says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from committees.grants import INTERNAL
from committees.models import User
from committees.services.versions import store
from consultations.models import (
    Attachment,
    Case,
    CaseLink,
    FundLine,
    Meeting,
    OutcomeMetric,
    Sensitivity,
    Side,
)
from consultations.permissions import may_create, may_edit, roles_on
from consultations.services import hosts, search
from consultations.services.cases import responsible_committee
from consultations.services.history import line
from consultations.services.screening import released_anew, screen
from consultations.services.steps import JustChanged, claim
from consultations.workflow.engine import Refused

EDITABLE = (
    "title", "problem", "wish", "region", "place", "studio", "campaign", "field", "source",
    "source_wording", "proposer", "raised_on", "sensitivity", "plan"
)  # fmt: skip


@transaction.atomic
@released_anew
def edit(
    case: Case,
    *,
    by: User,
    version: int,
    changes: Mapping[str, Any],
    co_hosts: Iterable[Mapping[str, Any]] = (),
) -> list[str]:
    """Change fields of a case; returns the names of those that differ. `JustChanged` when stale.

    `co_hosts` are rows as `hosts.write_hosts` takes them. A case found to be sensitive is hidden
    from the public at once; one whose words changed, until a second person releases it again.
    """
    role = editing_role(case, by)
    fresh = Case.objects.get(pk=case.pk)
    if fresh.version != version:
        raise JustChanged
    fields = [name for name in EDITABLE if name in changes and _differs(fresh, name, changes)]
    joint = list(co_hosts)
    changed = [*fields, "co_hosts"] if hosts.rows_differ(fresh, joint) else fields
    if not changed:
        return []
    _check(fresh, by, fields, changes)
    claim(case, version=version)
    for name in fields:
        setattr(case, name, changes[name])
    if "sensitivity" in changed and case.sensitivity != Sensitivity.NORMAL:
        case.is_public = False
    if "region" in changed:
        case.committee = responsible_committee(case.region)
    save_with_history(case, by=by)
    hosts.write_hosts(case, joint)
    hosts.check_hosts(case)
    search.index(case)
    line(case, "edit", by=by, role=role, facts={"fields": changed})
    return changed


def _differs(case: Case, name: str, changes: Mapping[str, Any]) -> bool:
    return getattr(case, name) != changes[name]


def _check(case: Case, by: User, changed: list[str], changes: Mapping[str, Any]) -> None:
    if "region" in changed and may_create(by, changes["region"]) is None:
        raise Refused([_("You may not log a case in this place.")])
    screen(case, [changes[n] for n in ("title", "problem", "wish", "place") if n in changed])


def save_with_history(case: Case, *, by: User) -> None:
    """Save the typed fields, never the stage, with a row of field history by this person."""
    derived = ("is_public", "committee", "owner", "prefecture_code", "county_code", "updated_at")
    store(case, by=by, fields=[*EDITABLE, *derived])


def editing_role(case: Case, by: User) -> str:
    """The role in which the person edits this record. Raises `Refused` where there is none."""
    role = may_edit(by, case)
    if role is None:
        raise Refused([_("You may not change this record.")])
    return role


@transaction.atomic
def assign(case: Case, *, by: User, owner: User | None = None, helper: User | None = None) -> None:
    """Name the person in charge, or add a co-worker. Both must be able to see the case."""
    role = editing_role(case, by)
    for person in filter(None, (owner, helper)):
        if not roles_on(person, case):
            raise Refused([_("%s has no role in this place.") % person])
    if owner:
        claim(case, version=case.version)
        case.owner = owner
        save_with_history(case, by=by)
    if helper:
        case.helpers.add(helper)
    facts = {"owner": owner and owner.pk, "helper": helper and helper.pk}
    line(case, "assign", by=by, role=role, facts=facts)


@transaction.atomic
@released_anew
def save_sides(case: Case, *, by: User, version: int, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the interested sides. A side that somebody sat for stays."""
    role = editing_role(case, by)
    kept = list(rows)
    names = [row["name"] for row in kept if not row.get("delete")]
    if len(set(names)) < len(names):
        raise Refused([_("Two sides have the same name.")])
    claim(case, version=version)
    screen(case, kept)
    typed = [row["id"] for row in kept if row.get("id")]
    for side in case.sides.filter(pk__in=typed):  # so that two sides may exchange their names
        case.sides.filter(pk=side.pk).update(name=f"#{side.pk}")
    for row in kept:
        side = _row(case.sides, row)
        if row.get("delete"):
            if side.pk and side.participants.exists():
                raise Refused([_("People sat at the meeting for this side; it stays.")])
            if side.pk:
                side.delete()
            continue
        side.case, side.name, side.interest = case, row["name"], row.get("interest", "")
        side.save()
    line(case, "edit", by=by, role=role, facts={"fields": ["sides"]})


def _row(manager: Any, row: Mapping[str, Any]) -> Any:
    """The row of this very case with the id sent along, or a new one. Foreign ids are refused."""
    if not row.get("id"):
        return manager.model()
    found = manager.filter(pk=row["id"]).first()
    if found is None:
        raise JustChanged
    return found


@transaction.atomic
@released_anew
def save_figures(
    case: Case,
    *,
    by: User,
    version: int,
    metrics: Iterable[Mapping[str, Any]],
    funds: Iterable[Mapping[str, Any]],
) -> None:
    """Write the outcome figures (before and after) and the funds."""
    role = editing_role(case, by)
    figures, money = list(metrics), list(funds)
    if sum(bool(row.get("is_headline")) for row in figures) > 1:
        raise Refused([_("One figure at most is shown in lists.")])
    claim(case, version=version)
    screen(case, [figures, money])
    case.metrics.update(is_headline=False)
    for manager, rows in ((case.metrics, figures), (case.funds, money)):
        for row in rows:
            _write_row(case, manager, row)
    line(case, "record_figures", by=by, role=role, facts={})


def _write_row(case: Case, manager: Any, row: Mapping[str, Any]) -> None:
    found: OutcomeMetric | FundLine | Side = _row(manager, row)
    if row.get("delete"):
        if found.pk:
            found.delete()
        return
    for name, value in row.items():
        if name not in ("id", "delete"):
            setattr(found, name, value)
    found.case = case
    found.save()


@transaction.atomic
def link(case: Case, *, by: User, other: Case, kind: str) -> CaseLink:
    """Link two cases that belong together. The same link twice is one link."""
    role = editing_role(case, by)
    if other.pk == case.pk:
        raise Refused([_("A case is not linked with itself.")])
    found, _created = CaseLink.objects.get_or_create(case=case, other=other, kind=kind)
    line(case, "link", by=by, role=role, facts={"other": other.pk, "kind": kind})
    return found


@transaction.atomic
def attach(
    case: Case,
    *,
    by: User,
    kind: str,
    title: str,
    file: Any,
    consent: bool,
    holds_people: bool = True,
    meeting: Meeting | None = None,
) -> Attachment:
    """Keep a checked file (`uploads.checked`). It is private until somebody releases it.

    One of a meeting may come at any time, also after the record was read back: that stays as it is.
    """
    held = roles_on(by, case) & set(INTERNAL)
    if not held:
        raise Refused([_("You may not change this record.")])
    if meeting is not None:
        _fits_meeting(case, meeting, title)
    kept = Attachment.objects.create(
        case=case, meeting=meeting, kind=kind, title=title, file=file, consent=consent,
        holds_people=holds_people, uploaded_by=by,
    )  # fmt: skip
    facts = {"attachment": kept.pk, "kind": kind} | ({"meeting": meeting.pk} if meeting else {})
    line(case, "attach", by=by, role=min(held), facts=facts)
    return kept


def _fits_meeting(case: Case, meeting: Meeting, title: str) -> None:
    """A file sent twice by going back is told by its title."""
    if meeting.case_id != case.pk:
        raise Refused([_("This meeting belongs to another case.")])
    if meeting.status == Meeting.Status.CANCELLED:
        raise Refused([_("This meeting was cancelled.")])
    if meeting.files.filter(title=title).exists():
        raise Refused([_("This meeting has a file of this title already: %s.") % title])
