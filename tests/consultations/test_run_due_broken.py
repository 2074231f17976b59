"""The daily command broken off: run again, it tells nothing twice and misses nothing.

What an unbroken run writes is the measure; it is taken first and undone.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from committees.models import MailAddress
from consultations.models import Delivery, Event, Notice, Overdue, Urging
from consultations.selectors import batches
from consultations.services import daily, reminders
from consultations.services.daily import Piece
from tests.factories import County, a_county, task_at, task_step
from tests.races import FORK, PATIENCE

BEGIN = dt.datetime(2026, 6, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday
DUE = {"due_on": dt.date(2026, 7, 1)}
LATER = dt.datetime(2026, 7, 10, 10, tzinfo=BEGIN.tzinfo)  # more than five working days late
TOLD = {
    Overdue: ("task", "kind", "term", "since"),
    Urging: ("task", "rung", "term", "raised_on"),
    Event: ("task", "case", "action"),
    Notice: ("recipient", "kind", "task", "case", "action", "day"),
    Delivery: ("recipient", "what"),
}
WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


def waiting(county: County) -> None:
    """One task that nobody signs for, an extension nobody decides on, and two that are late."""
    with time_machine.travel(BEGIN, tick=False):
        for person in (county.office, county.officer):
            MailAddress.objects.create(
                user=person, address=f"{person.pk}@b.example", confirmed_at=timezone.now()
            )
        task_at("dispatched", county=county)
        asked = task_at("handling", county=county)
        task_step(asked, "request_extension", county=county)
        for _late in range(2):
            task_at("handling", county=county, items=[DUE])


@pytest.fixture
def small(monkeypatch):
    """Parts of one row each, so that there is a middle to break off in."""
    monkeypatch.setattr(reminders, "BATCH", 1)
    monkeypatch.setitem(batches.batches.__kwdefaults__, "size", 1)


def kept() -> list[str]:
    """All that was told, line by line: what stands there twice is there twice."""
    return sorted(
        f"{model.__name__} {row}"
        for model, columns in TOLD.items()
        for row in model.objects.values_list(*columns)
    )


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def counting(*, at: int = 0) -> Iterator[list[str]]:
    """The writing statements so far; before the one of this number the process is killed."""
    written: list[str] = []

    def watch(execute, sql, params, many, context):
        if sql.startswith(WRITES):
            written.append(sql)
            if len(written) == at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def cut_off() -> Iterator[int]:
    raise Killed


def unbroken() -> tuple[list[str], int]:
    with undone(), counting() as written:
        call_command("run_due")
        whole = kept()
    for name in ("Overdue", "Urging", "Notice", "Delivery"):
        assert any(line.startswith(name) for line in whole), f"the run writes no {name}"
    return whole, len(written)


@pytest.mark.django_db
def test_broken_off_between_two_pieces_the_next_run_makes_it_whole(county, monkeypatch):
    waiting(county)
    stock = daily.PIECES
    with time_machine.travel(LATER, tick=False):
        whole, _count = unbroken()
        for place in range(1, len(stock)):
            with undone():
                monkeypatch.setattr(daily, "PIECES", (*stock[:place], Piece("cut", cut_off)))
                with pytest.raises(Killed):
                    call_command("run_due")
                monkeypatch.setattr(daily, "PIECES", stock)
                call_command("run_due")
                assert kept() == whole, f"broken off before {stock[place].name}"


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_the_next_run_makes_it_whole(small):
    waiting(a_county())
    with time_machine.travel(LATER, tick=False):
        whole, count = unbroken()
        assert killed(at=count // 2)
        half = kept()
        call_command("run_due")

    assert not Counter(half) - Counter(whole)
    assert len(half) < len(whole)
    assert kept() == whole


@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_it_comes_to_the_same(small):
    """Each run takes up where the one before died, and dies one statement later."""
    waiting(a_county())
    with time_machine.travel(LATER, tick=False):
        whole, count = unbroken()
        for at in range(2, count):
            assert killed(at=at), f"it came to its end before statement {at}"
            told = kept()
            assert not Counter(told) - Counter(whole), f"told twice after a kill at {at}"
            if told == whole:
                break
        call_command("run_due")

    assert at > 10
    assert kept() == whole


def killed(*, at: int) -> bool:
    """Let another process run until this writing statement; False when it came to its end."""
    run = FORK.Process(target=_die, args=(at,))
    connections.close_all()  # nothing open is carried over into another process
    run.start()
    run.join(PATIENCE)
    assert run.exitcode in (0, -signal.SIGKILL)
    return run.exitcode != 0


def _die(at: int) -> None:
    with counting(at=at):
        call_command("run_due")
    connections.close_all()
