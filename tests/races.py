"""Let several processes do something at the same moment, on the database of the tests.

    outcomes = race(lambda: approve(1), lambda: approve(1))     # ["done", "refused"] in any order

A test that races is marked `django_db(transaction=True)`: what it made is committed, so that the
other processes see it.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable

from django.db import connection, connections

from consultations.services.steps import JustChanged
from consultations.workflow.engine import Refused

FORK = multiprocessing.get_context("fork")
PATIENCE = 60  # seconds


def race(*jobs: Callable[[], object]) -> list[str]:
    """Run each job in a process of its own, all let go at once.

    Answers, sorted, for each: done, refused, just changed, or the error as it came.
    """
    barrier, outcomes = FORK.Barrier(len(jobs)), FORK.SimpleQueue()
    connections.close_all()  # nothing open may be carried over into another process
    runners = [FORK.Process(target=_run, args=(job, barrier, outcomes)) for job in jobs]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(PATIENCE)
    assert not any(runner.is_alive() for runner in runners), "a process hangs"
    return sorted(outcomes.get() for _ in runners)


def _run(job: Callable[[], object], barrier, outcomes) -> None:
    connection.ensure_connection()
    barrier.wait(PATIENCE)
    try:
        job()
        outcome = "done"
    except JustChanged:
        outcome = "just changed"
    except Refused:
        outcome = "refused"
    except Exception as error:  # told to the test, which expects none
        outcome = repr(error)
    connections.close_all()
    outcomes.put(outcome)
