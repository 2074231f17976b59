"""Write WORKFLOW.md from the two tables: a diagram and a list of every step, in two languages."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.models.events import ACTING
from consultations.workflow.cases import CASES, Stage
from consultations.workflow.engine import SYSTEM, Guard, Table, Transition
from consultations.workflow.entries import ENTRIES
from consultations.workflow.tasks import TASKS, TaskState

TARGET = Path(settings.BASE_DIR) / "WORKFLOW.md"
LANGUAGES = ("en", "zh-hans")
MANY = 6  # a step from so many stages is told beside the diagram, not drawn
HEAD = """\
# Workflow

Generated from `consultations/workflow/` by `manage.py workflow_diagram`; a test holds it current.
Change the tables, then run the command. A step that keeps the stage has no arrow.
"""
ENTRIES_HEAD = """\
## Entries

What is put on record of a case at these stages; the case stays where it is.
"""
AUTOMATIC = _("automatic")
ON_PAPER = _("on paper for the unit")
REASON = _("with a reason")
WHO = {**dict(ACTING), SYSTEM: AUTOMATIC}


class Command(BaseCommand):
    help = "Write WORKFLOW.md from the workflow tables, or check that it is current."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing, fail if outdated")

    def handle(self, *, check: bool, **options):
        text = document()
        if check:
            if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
                raise CommandError("WORKFLOW.md is outdated: run manage.py workflow_diagram")
            return
        TARGET.write_text(text, encoding="utf-8")
        self.stdout.write(f"Wrote {TARGET.name}")


def document() -> str:
    parts = [HEAD]
    for title, table, states in (("Case", CASES, Stage), ("Task", TASKS, TaskState)):
        parts += [f"## {title}\n", diagram(table, states), steps(table, states)]
    parts += [ENTRIES_HEAD, steps(ENTRIES, Stage)]
    return "\n".join([*parts, conditions()])


def both(label: object) -> str:
    """English and Chinese of a lazy label, once where they are the same."""
    words = []
    for language in LANGUAGES:
        with translation.override(language):
            words.append(str(label))
    return " ".join(dict.fromkeys(words))


def diagram(table: Table, states: type) -> str:
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in table:
        if len(row.sources) < MANY:
            for source in row.sources:
                for target in row.targets:
                    arrows[source, target].append(row.action)
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {next(iter(states))}"]
    lines += [f"    {state}: {both(state.label)}" for state in states]
    lines += [f"    {a} --> {b}: {', '.join(names)}" for (a, b), names in arrows.items()]
    lines += ["```", ""]
    lines += [
        f"From {len(row.sources)} stages, not drawn: `{row.action}` ({both(row.label)})"
        + (f" → {', '.join(row.targets)}.  " if row.targets else ", the stage stays.  ")
        for row in table
        if len(row.sources) >= MANY
    ]
    return "\n".join(lines) + "\n"


def steps(table: Table, states: type) -> str:
    head = "| Step 步骤 | From 从 | To 到 | Who 谁 | Conditions 条件 |\n|---|---|---|---|---|"
    return "\n".join([head, *(_step(row, states) for row in table)]) + "\n"


def _step(row: Transition, states: type) -> str:
    cells = [
        f"`{row.action}`<br>{both(row.label)}",
        _names(row.sources, states),
        _names(row.targets, states) if row.targets else "=",
        _who(row),
        "<br>".join([*(_words(g) for g in row.guards), *([both(REASON)] * row.needs_reason)]),
    ]
    return f"| {' | '.join(cells)} |"


def _names(chosen: Iterable[str], states: type) -> str:
    chosen = list(chosen)
    if len(chosen) == len(list(states)):
        return "any 任何"
    return "<br>".join(both(states(name).label) for name in chosen)


def _who(row: Transition) -> str:
    own = [both(WHO[role]) for role in row.roles]
    proxies = [f"{both(WHO[role])} ({both(ON_PAPER)})" for role in row.proxy_roles]
    return "<br>".join([*own, *proxies])


def _words(guard: Guard) -> str:
    return guard.__name__.replace("_", " ")  # type: ignore[attr-defined]


def conditions() -> str:
    """What each condition says when it is not met, as the person reads it."""
    guards: dict[str, Callable] = {
        _words(guard): guard for row in (*CASES, *TASKS, *ENTRIES) for guard in row.guards
    }
    lines = [
        "## What a refusal says 不能办理时的提示\n",
        "| Condition 条件 | English | 中文 |",
        "|---|---|---|",
    ]
    for name in sorted(guards):
        english = messages(guards[name])
        with translation.override("zh-hans"):
            chinese = [gettext(message) for message in english]
        lines.append(f"| {name} | {'<br>'.join(english)} | {'<br>'.join(chinese)} |")
    return re.sub(r"%(\(\w+\))?s", "…", "\n".join(lines)) + "\n"


def messages(guard: Callable) -> list[str]:
    """The sentences a guard may answer with: the strings that its source, and what it calls of its
    own module, passes to gettext."""
    calls = [
        node
        for node in ast.walk(_tree(guard))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    called = [guard.__globals__.get(call.func.id) for call in calls]
    beside = [one for one in called if getattr(one, "__module__", "") == guard.__module__]
    own = [
        call.args[0].value
        for call in calls
        if call.func.id == "_"
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value.endswith(".")
    ]
    return own + [text for one in beside for text in messages(one) if text not in own]


def _tree(guard: Callable) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(guard)))
