"""WORKFLOW.md is made from the tables and is current."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from consultations.management.commands import workflow_diagram
from consultations.workflow.cases import CASES, Stage
from consultations.workflow.entries import ENTRIES
from consultations.workflow.tasks import TASKS, TaskState


def test_the_document_is_current():
    call_command("workflow_diagram", check=True)


def test_an_outdated_document_is_noticed(tmp_path, monkeypatch):
    copy = tmp_path / "WORKFLOW.md"
    monkeypatch.setattr(workflow_diagram, "TARGET", copy)
    with pytest.raises(CommandError, match="workflow_diagram"):
        call_command("workflow_diagram", check=True)

    call_command("workflow_diagram", verbosity=0)
    call_command("workflow_diagram", check=True)
    copy.write_text(copy.read_text(encoding="utf-8").replace("draft --> proposed", "", 1))

    with pytest.raises(CommandError, match="workflow_diagram"):
        call_command("workflow_diagram", check=True)


def test_it_names_every_stage_every_step_and_every_condition():
    text = workflow_diagram.document()

    for state in (*Stage, *TaskState):
        assert f"    {state}: " in text
    for row in (*CASES, *TASKS, *ENTRIES):
        assert f"| `{row.action}`<br>" in text
        for guard in row.guards:
            name = guard.__name__.replace("_", " ")
            assert workflow_diagram.messages(guard), f"{name} says nothing"
            assert f"| {name} | " in text
