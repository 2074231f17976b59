"""The audit log: `record` in the transaction of the act; the chain is closed when it commits.

An act whose entry cannot be written does not happen. The chain is written after the commit, in a
transaction of its own, so that two acts at once never wait for each other; what a crash leaves
unsealed is sealed by the next act or by the daily command.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from committees import keys, origin
from committees.grants import grants_of
from committees.models import AuditEntry, AuditSeal, User

Kind = AuditEntry.Kind
FIRST = "0" * 64  # the link before the first
Columns = tuple[Any, ...]  # of one entry, in this order
COLUMNS = ("pk", "at", "kind", "actor_id", "role", "address", "region", "about", "facts")
BATCH = 500
LATE = 1000  # an entry may commit this many keys after a younger one


def record(
    kind: str,
    *,
    by: User | None,
    about: str | models.Model = "",
    role: str = "",
    region: str = "",
    facts: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one entry. `about` is a record or its label; `region` the code it belongs to.

    Without a region the entry belongs to that of the person. Facts are keys, codes and counts, and
    where something was seen in clear or erased the reason that was given for it; never a phone or
    an id number.
    """
    entry = AuditEntry.objects.create(
        kind=kind,
        actor=by,
        role=role,
        region=region or _home_of(by),
        address=origin.address.get()[:45],
        about=(label(about) if isinstance(about, models.Model) else about)[:80],
        facts=_spelled(facts or {}),
    )
    transaction.on_commit(lambda: seal(entry), robust=True)
    return entry


def record_many(
    kind: str,
    rows: Iterable[tuple[models.Model, str, Mapping[str, Any]]],
    *,
    by: User | None = None,
    role: str = "",
) -> list[AuditEntry]:
    """Entries of what nobody did, or of one act on many records, each (record, region code, facts),
    by one statement."""
    entries = AuditEntry.objects.bulk_create(
        AuditEntry(
            kind=kind, actor=by, role=role, region=region, address=origin.address.get()[:45],
            about=label(about)[:80], facts=_spelled(facts),
        )
        for about, region, facts in rows
    )  # fmt: skip
    if entries:
        transaction.on_commit(lambda: seal(entries[-1]), robust=True)
    return entries


def _spelled(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)


def _home_of(user: User | None) -> str:
    """The widest place in which somebody holds a role today; empty for nobody and for none."""
    return min((grant.reach for grant in grants_of(user)), key=len, default="") if user else ""


def facts_of(entry: AuditEntry) -> dict[str, Any]:
    """What `record` was given."""
    return json.loads(entry.facts)


def label(row: models.Model) -> str:
    """How a record is named in the log: `case:12`."""
    return f"{row._meta.model_name}:{row.pk}"


def seal(entry: AuditEntry) -> None:
    """Close the chain over one entry just committed, and over what waits beside it."""
    if not AuditSeal.objects.filter(entry=entry).exists():
        seal_waiting()


def seal_waiting(*, everything: bool = False) -> int:
    """Chain the entries that have no link yet, oldest first; how many there were.

    When another process closes the same place of the chain, this one looks again.
    """
    sealed = 0
    while batch := _waiting(everything=everything):
        try:
            with transaction.atomic():
                AuditSeal.objects.bulk_create(links(batch))
        except IntegrityError:  # somebody else was first: ours may be done, or is next
            continue
        sealed += len(batch)
    return sealed


def _waiting(*, everything: bool) -> list[Columns]:
    rows = AuditEntry.objects.filter(seal=None)
    if not everything:
        newest = AuditSeal.objects.order_by("-number").values_list("entry_id", flat=True).first()
        rows = rows.filter(pk__gt=(newest or 0) - LATE)
    return list(rows.order_by("pk").values_list(*COLUMNS)[:BATCH])


def links(batch: list[Columns]) -> list[AuditSeal]:
    """The next links of the chain, not written yet, over entries in the order of their keys."""
    last = AuditSeal.objects.order_by("-number").first()
    number, digest = (last.number, last.digest) if last else (0, FIRST)
    key, found = keys.current(), []
    for entry in batch:
        number += 1
        digest = _digest(key, number, digest, entry)
        found.append(
            AuditSeal(number=number, entry_id=entry[0], key=keys.name_of(key), digest=digest)
        )
    return found


def _digest(key: bytes, number: int, before: str, entry: Columns) -> str:
    """HMAC-SHA256 over the place in the chain, the link before and every column of the entry."""
    text = SPELLING.encode([number, before, *entry])
    return hmac.digest(keys.derived(key, "audit"), text.encode(), hashlib.sha256).hex()


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()


# Made once: a million links are verified in one walk.
SPELLING = json.JSONEncoder(ensure_ascii=False, default=_utc)


class Fault(models.TextChoices):
    CHANGED = "changed", _("The entry is not the one that was written.")
    MISSING = "missing", _("Entries are missing before this one.")
    CUT_OFF = "cut_off", _("Entries are missing at the end.")
    NO_KEY = "no_key", _("The key of this entry is not in the installation.")


@dataclass(frozen=True)
class Finding:
    """What is wrong with the chain, at which link and entry."""

    number: int
    entry: int | None
    fault: Fault


@dataclass(frozen=True)
class Verdict:
    """`sealed` links were looked at; the first fault, if any; `waiting` entries have no link."""

    sealed: int
    digest: str
    waiting: int
    fault: Finding | None


def verify(*, noted: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain and stop at the first fault: changed, missing, swapped, or no key.

    `noted` is a number and a digest written down earlier: without it nobody can tell that links
    were cut off at the end.
    """
    number, digest = 0, FIRST
    for place, key, told, *entry in _chain():
        number += 1
        if fault := _fault(place, key, told, number=number, before=digest, entry=tuple(entry)):
            return Verdict(number - 1, digest, 0, Finding(number, entry[0], fault))
        digest = told
        if noted and number == noted[0] and digest != noted[1]:
            return Verdict(number, digest, 0, Finding(number, entry[0], Fault.CHANGED))
    if noted and number < noted[0]:
        return Verdict(number, digest, 0, Finding(number + 1, None, Fault.CUT_OFF))
    return Verdict(number, digest, AuditEntry.objects.filter(seal=None).count(), None)


def _chain() -> Iterator[tuple[Any, ...]]:
    rows = AuditSeal.objects.order_by("number")
    columns = ["number", "key", "digest", *(f"entry__{name}" for name in COLUMNS)]
    return rows.values_list(*columns).iterator(chunk_size=2000)


def _fault(
    place: int, key: str, told: str, *, number: int, before: str, entry: Columns
) -> Fault | None:
    if place != number:
        return Fault.MISSING
    secret = keys.named(key)
    if secret is None:
        return Fault.NO_KEY
    right = _digest(secret, number, before, entry)
    return None if hmac.compare_digest(right, told) else Fault.CHANGED
