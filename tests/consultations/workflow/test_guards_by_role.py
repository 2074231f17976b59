"""Guards that look at the role acted in say so: for all others one answer serves every role."""

from __future__ import annotations

import inspect

from consultations.workflow.cases import CASES
from consultations.workflow.engine import LOOKS_AT_PERSON, LOOKS_AT_ROLE
from consultations.workflow.entries import ENTRIES
from consultations.workflow.tasks import TASKS


def test_exactly_the_guards_that_read_the_role_are_marked():
    guards = {guard for row in (*CASES, *TASKS) for guard in row.guards}
    reading = {guard for guard in guards if "ask.role" in inspect.getsource(guard)}

    assert {guard.__name__ for guard in reading} == {guard.__name__ for guard in LOOKS_AT_ROLE}
    assert len(reading) > 3


def test_exactly_the_guards_that_ask_who_acts_are_marked():
    """So that a step that is somebody else's is told from one for which something is missing."""
    guards = {guard for row in (*CASES, *TASKS, *ENTRIES) for guard in row.guards}
    sources = {guard: inspect.getsource(guard) for guard in guards}
    reading = {g for g, text in sources.items() if "ask.by" in text or "ask.hand" in text}

    assert {guard.__name__ for guard in reading} == {guard.__name__ for guard in LOOKS_AT_PERSON}
    assert len(reading) > 5
