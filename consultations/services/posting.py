"""Send letters: claim, hand over, mark. Only the worker does it.

A letter is claimed and the claim committed before it is handed to the relay, so two workers never
hold the same one. Who dies with a letter claimed leaves it to be taken up again after a while:
nothing is missed, and what the relay had taken already may come twice (at least once). Both carry
the same Message-ID, by which mail servers and programs tell that it is one letter. This moment,
between the relay's answer and the mark, is the only one in which that can happen.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consultations.models import Delivery
from consultations.selectors.deliveries import due_at
from consultations.services import letter_texts

State = Delivery.State
logger = logging.getLogger(__name__)
FIRST_WAIT = dt.timedelta(minutes=5)
MOST_TRIES = 7  # the last one about a day after the first
BATCH = 50


def send_due() -> int:
    """Everything that is due now, each letter tried once; how many letters were sent."""
    sent, tried = 0, set[int]()
    while keys := [key for key in _due() if key not in tried]:
        tried.update(keys)
        sent += sum(_post(key) for key in keys)
    return sent


def try_again(letter: Delivery) -> bool:
    """What was given up, or waits after a failure, goes out as if it were new."""
    again = Delivery.objects.filter(pk=letter.pk, state__in=[State.FAILED, State.GIVEN_UP])
    return bool(again.update(state=State.WAITING, tries=0, next_try_at=timezone.now()))


def _due() -> list[int]:
    found = Delivery.objects.filter(due_at(timezone.now())).order_by("next_try_at", "pk")
    return list(found.values_list("pk", flat=True)[:BATCH])


def _post(key: int) -> int:
    """1 when this letter was sent now."""
    letter = _claim(key)
    if letter is None:
        return 0
    try:
        message = letter_texts.compose(letter)
        if message is None:
            _mark(letter, State.DROPPED)
            return 0
        _hand_over(message)
    except Exception as error:  # whatever it is, the other letters go out and the operator sees it
        _failed(letter, error)
        return 0
    _mark(letter, State.SENT, sent_at=timezone.now(), last_error="")
    return 1


def _claim(key: int) -> Delivery | None:
    """This letter as ours, unless somebody else was quicker; committed before it goes out."""
    now = timezone.now()
    with transaction.atomic():
        mine = Delivery.objects.filter(due_at(now), pk=key)
        if not mine.update(state=State.SENDING, claimed_at=now, tries=F("tries") + 1):
            return None
    about = ("recipient__mail_address", "notice__case")
    return Delivery.objects.select_related(*about).get(pk=key)


def _hand_over(message: EmailMessage) -> None:
    message.connection = get_connection()
    message.send()


def _failed(letter: Delivery, error: Exception) -> None:
    """Each further try waits three times as long, about a day in all; then it is given up."""
    told = _kind_of(error)
    logger.warning("letter %s, try %s: %s", letter.pk, letter.tries, told)
    if letter.tries >= MOST_TRIES:
        _mark(letter, State.GIVEN_UP, last_error=told)
        return
    wait = FIRST_WAIT * 3 ** (letter.tries - 1)
    _mark(letter, State.FAILED, last_error=told, next_try_at=timezone.now() + wait)


def _kind_of(error: Exception) -> str:
    """Its kind and code: the words of a relay repeat the address."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code or ''}".strip()[:200]


def _mark(letter: Delivery, state: str, **fields: object) -> None:
    """Only while it is still ours: whoever took it up after us has the last word."""
    ours = Delivery.objects.filter(pk=letter.pk, state=State.SENDING, claimed_at=letter.claimed_at)
    ours.update(state=state, claimed_at=None, **fields)
