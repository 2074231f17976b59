"""A long audit chain made quickly, and the ways in which somebody could meddle with it."""

from __future__ import annotations

import datetime as dt
import json
import random

from django.db import connection, transaction
from django.utils import timezone

from committees import audit
from committees.models import AuditEntry, AuditSeal, User

ENTRY, SEAL = "committees_auditentry", "committees_auditseal"
SECOND = dt.timedelta(seconds=1)


def fill(rows: int, *, at_once: int) -> None:
    """Sealed entries as the work of a county leaves them: steps, refusals, sign-ins."""
    person = User.objects.create(username="audited")
    began = timezone.now() - rows * SECOND
    for first in range(0, rows, at_once):
        with transaction.atomic():
            made = AuditEntry.objects.bulk_create(
                _entry(person, began, n) for n in range(first, min(rows, first + at_once))
            )
            columns = AuditEntry.objects.filter(pk__gte=made[0].pk, pk__lte=made[-1].pk)
            AuditSeal.objects.bulk_create(
                audit.links(list(columns.order_by("pk").values_list(*audit.COLUMNS)))
            )


def _entry(person: User, began: dt.datetime, n: int) -> AuditEntry:
    facts = {"event": n, "action": "report_progress", "from": "handling", "to": "handling"}
    return AuditEntry(
        at=began + n * SECOND,
        kind=random.choice(("step", "step", "record", "sign_in", "refused")),
        actor=person,
        role="unit_officer",
        region="539921",
        address="203.0.113.7",
        about=f"task:{n % 5000}",
        facts=json.dumps(facts, sort_keys=True),
    )


def meddle(*, every: int) -> dict[str, bool]:
    """For one entry in `every`, chosen by chance: was it found when changed, taken out, swapped?
    Each act is undone before the next."""
    keys = list(AuditSeal.objects.order_by("number").values_list("number", flat=True))
    chosen = sorted(random.sample(keys[1:-1], max(1, len(keys) // every)))
    first = chosen[0]
    return {
        "changed": _found(first, lambda: _change(chosen)),
        "taken_out": _found(first, lambda: _take_out(chosen)),
        "swapped": _found(first, lambda: _swap(first)),
    }


def _found(number: int, act) -> bool:
    """Whether the walk stops at the very link; the database is as before afterwards."""
    with transaction.atomic():
        act()
        fault = audit.verify().fault
        transaction.set_rollback(True)
    return fault is not None and fault.number == number


def _change(numbers: list[int]) -> None:
    for number in numbers:
        _run(f"UPDATE {ENTRY} SET role = 'leader' WHERE id = "
             f"(SELECT entry_id FROM {SEAL} WHERE number = %s)", number)  # fmt: skip


def _take_out(numbers: list[int]) -> None:
    for number in numbers:
        entry = AuditSeal.objects.get(number=number).entry_id
        _run(f"DELETE FROM {SEAL} WHERE number = %s", number)
        _run(f"DELETE FROM {ENTRY} WHERE id = %s", entry)


def _swap(number: int) -> None:
    """The entry and its neighbour change places."""
    one, other = (AuditSeal.objects.get(number=n).entry_id for n in (number, number + 1))
    for entry, place in ((-1, number), (one, number + 1), (other, number)):
        _run(f"UPDATE {SEAL} SET entry_id = %s WHERE number = %s", entry, place)


def _run(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
