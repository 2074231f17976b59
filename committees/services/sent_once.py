"""A form or call that is sent twice does its work once; the second gets the first answer.

    found = sent_once.begin(user, key=key, content=content)
    match found.state: FIRST → do it, then `finish` or `free`; else nothing is done again

The key is good for one person and one content. It is free again where the first one did nothing:
a form that came back with a message may be mended and sent with the same key.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import Enum, auto

from django.db import IntegrityError, transaction
from django.utils import timezone

from committees.models import SentForm, User
from committees.sealed import seal, unseal

FIELD = "one_time_key"
HEADER = "Idempotency-Key"
KEPT = dt.timedelta(hours=24)
LONGEST_KEY = 200
LONGEST_BODY = 64_000
SEALED_FOR = "first-answer"


class State(Enum):
    FIRST = auto()  # nobody sent this before: do it
    RUNNING = auto()  # the first one is being worked on
    DONE = auto()  # it was done: here is the first answer
    OTHER = auto()  # the key was used for something else


@dataclass(frozen=True)
class Found:
    state: State
    row: SentForm | None = None

    @property
    def body(self) -> str:
        return unseal(self.row.body, purpose=SEALED_FOR) if self.row else ""


def begin(user: User, *, key: str, content: str) -> Found:
    """Take the key, or find what was done with it. Of many at once one is the first."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    mine = SentForm.objects.filter(user=user, key=digest)
    mine.filter(at__lt=timezone.now() - KEPT).delete()
    try:
        with transaction.atomic():
            row = SentForm.objects.create(user=user, key=digest, content=content)
    except IntegrityError:
        return _found(mine.first(), content)
    return Found(State.FIRST, row)


def _found(row: SentForm | None, content: str) -> Found:
    if row is None:  # it was freed a moment ago
        return Found(State.RUNNING)
    if row.content != content:
        return Found(State.OTHER, row)
    return Found(State.RUNNING if row.status is None else State.DONE, row)


def finish(row: SentForm, *, status: int, location: str = "", body: str = "") -> None:
    """It was done; the answer is kept for whoever sends the same again."""
    sealed = seal(body, purpose=SEALED_FOR)
    SentForm.objects.filter(pk=row.pk).update(status=status, location=location, body=sealed)


def free(row: SentForm) -> None:
    """Nothing was done: the key may be used again."""
    SentForm.objects.filter(pk=row.pk).delete()


def forget() -> int:
    """Delete what is older than a day; how many there were."""
    return SentForm.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
