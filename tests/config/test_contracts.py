"""What the linter cannot say about all files at once."""

import ast

from django.conf import settings

LISTENERS = ("django.db.models.signals", "django.dispatch")
SOURCES = [
    path
    for folder in ("config", "committees", "consultations")
    for path in sorted((settings.BASE_DIR / folder).rglob("*.py"))
]


def imported(path):
    """The dotted names a file imports: modules, and what is taken from them."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_listens_to_signals():
    listening = {
        str(path): name for path in SOURCES for name in imported(path) if name.startswith(LISTENERS)
    }

    assert len(SOURCES) > 20
    assert listening == {}
