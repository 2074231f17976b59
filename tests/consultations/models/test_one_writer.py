"""`stage` and `state` of a case and a task are written in one place of the whole project."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("config", "committees", "consultations")
NAMES = {"stage", "state"}
WRITERS = {"update", "create", "get_or_create", "update_or_create", "bulk_update", "Case", "Task"}

# Where a `state` is that of something else, or the rows are marked as synthetic from the start.
OTHER_STATES = {
    "consultations/forms/wording.py": "the stage that a local name is for",
    "consultations/public/views/gallery.py": "examples that are never saved",
    "consultations/services/followups.py": "the state of a commitment",
    "consultations/services/posting.py": "the state of a letter",
    "consultations/services/suggestions.py": "the state of a suggestion",
}


def writes(source: str) -> Iterator[int]:
    """Lines on which a stage or state is assigned, set by keyword in a writing call, or setattr."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for target in targets for part in ast.walk(target)]
            if any(isinstance(t, ast.Attribute) and t.attr in NAMES for t in parts):
                yield node.lineno
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in WRITERS and any(keyword.arg in NAMES for keyword in node.keywords):
                yield node.lineno
            if name == "setattr" and _is_name(node.args[1]):
                yield node.lineno


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in NAMES


def found() -> dict[str, list[int]]:
    files = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    lines = {
        str(path.relative_to(ROOT)): sorted(set(writes(path.read_text(encoding="utf-8"))))
        for path in files
        if "migrations" not in path.parts
    }
    return {name: numbers for name, numbers in lines.items() if numbers}


def test_nobody_else_writes_a_stage_or_a_state():
    assert set(found()) - set(OTHER_STATES) == set()


def test_every_exception_is_still_needed():
    assert set(OTHER_STATES) <= set(found())


def test_the_one_writer_is_the_conditional_update_of_the_steps():
    source = (ROOT / "consultations/services/steps.py").read_text(encoding="utf-8")

    assert source.count(".update(**changes)") == 1
    assert source.count("changes |= {name: target") == 1
    assert '("stage", "stage_since") if is_case else ("state", "state_since")' in source


@pytest.mark.parametrize(
    "sabotage",
    [
        'case.stage = "closed"',
        "self.case.stage = Stage.CLOSED",
        'task.state, task.version = "verified", 3',
        'task.state: str = "verified"',
        'Case.objects.filter(pk=1).update(stage="closed")',
        'Task.objects.create(item=item, state="verified")',
        'Case(title="x", stage="closed").save()',
        'setattr(case, "stage", "closed")',
    ],
)
def test_control_a_second_writer_is_noticed(sabotage):
    assert list(writes(sabotage)) == [1]


@pytest.mark.parametrize(
    "harmless",
    [
        'Case.objects.filter(stage="closed")',
        "stage = case.stage",
        "rows.filter(state__in=ENDED)",
        'Case.objects.filter(stage="closed").update(title="x")',
    ],
)
def test_reading_is_no_writing(harmless):
    assert list(writes(harmless)) == []
