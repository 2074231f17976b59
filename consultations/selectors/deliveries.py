"""Which letters are to be sent now."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from consultations.models import Delivery

LOST_AFTER = dt.timedelta(minutes=15)


def due_at(now: dt.datetime) -> Q:
    """Letters whose next try has come, and those that somebody took up and never came back with."""
    waits = Q(state__in=[Delivery.State.WAITING, Delivery.State.FAILED], next_try_at__lte=now)
    return waits | Q(state=Delivery.State.SENDING, claimed_at__lte=now - LOST_AFTER)
