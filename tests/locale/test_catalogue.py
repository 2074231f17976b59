"""The Chinese catalogue is complete, certain, compiled, and holds every string of the source."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES"
CODE = ("committees", "consultations", "config")
MARKERS = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext", "ngettext_lazy"}
TAG = re.compile(r"""\{%\s*(?:trans|translate)\s+(?:"([^"]+)"|'([^']+)')""")

PRESSED = re.compile(r"(?:点开|点|勾选|选|按)“([^”]+)”")  # in the guide of the staff


@pytest.fixture(scope="module")
def entries() -> dict[str, str]:
    """msgid -> msgstr (of a plural, its first form) as the .po file states them."""
    return dict(_parse((FOLDER / "django.po").read_text()))


def _parse(text: str):
    for block in text.split("\n\n"):
        parts = {"msgid": "", "msgid_plural": "", "msgstr": ""}
        name = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if match := re.match(r"(msgid_plural|msgid|msgstr)(?:\[\d\])? ", line):
                name, line = match[1], line[match.end() :]
            if name:
                parts[name] += ast.literal_eval(line)
        if parts["msgid"]:
            yield parts["msgid"], parts["msgstr"]


def test_every_entry_is_translated_and_none_is_doubtful(entries):
    assert len(entries) > 1000
    assert [msgid for msgid, msgstr in entries.items() if not msgstr] == []
    assert "fuzzy" not in (FOLDER / "django.po").read_text()


def test_no_translation_is_english(entries):
    """A plural that was filled with its own words looks translated, and is not."""
    words = {
        msgid: re.sub(r"%(?:\(\w+\))?[a-z]|\{\w+\}", "", text) for msgid, text in entries.items()
    }
    found = [key for key, text in words.items() if re.search(r"[a-z]{3,} [a-z]{2,}", text)]
    assert [key for key in found if not re.search(r"[\u4e00-\u9fff]", words[key])] == []


def test_the_compiled_catalogue_is_the_one_in_the_source(entries):
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    words = {key: text for key, text in compiled.items() if isinstance(key, str) and key}
    plain = {key.rpartition("\x04")[2]: text for key, text in words.items()}  # without the context
    plain |= {key[0]: text for key, text in compiled.items() if isinstance(key, tuple)}
    assert {key: plain.get(key) for key in entries} == entries


def test_every_string_of_the_code_is_in_the_catalogue(entries):
    missing = {text for path in _python() for text in _marked(path)} - entries.keys()
    assert missing == set()


def test_every_string_of_the_templates_is_in_the_catalogue(entries):
    files = (settings.BASE_DIR / "templates").rglob("*.html")
    missing = {a or b for path in files for a, b in TAG.findall(path.read_text())} - entries.keys()
    assert missing == set()


def test_what_the_guide_says_to_press_is_written_on_the_screens(entries):
    guide = (settings.BASE_DIR / "docs" / "staff-guide.md").read_text()
    # A group of people is chosen by words that are put together from the record.
    pressed = [words for words in PRESSED.findall(guide) if "·" not in words]
    texts = [text.split("%(")[0].strip() for text in entries.values()]

    assert len(pressed) > 50
    assert [words for words in pressed if words not in texts] == []


def test_placeholders_survive_translation(entries):
    placeholder = re.compile(r"%\((\w+)\)|%s|%\d*d")
    for msgid, msgstr in entries.items():
        wanted, found = (set(placeholder.findall(text)) for text in (msgid, msgstr))
        assert found <= wanted, msgid


def _python():
    for folder in CODE:
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def _marked(path: Path):
    """The literal first argument of every call that marks a string for translation."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        text = node.args[0]
        if name in MARKERS and isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield text.value
