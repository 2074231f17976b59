"""A full-width mark brings its own room: no blank stands after one."""

from __future__ import annotations

import gettext
import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

# The blank belongs into the English words: only they need it.
BLANK_AFTER_COLON = re.compile(r'\{% translate "[^"]*:" %\}(?:</\w+>)*[ \t]+\S')
BLANK_AFTER_MARK = re.compile(r"[，。；：、？！][ \t]")


def test_no_translation_has_a_blank_after_a_full_width_mark():
    path = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        words = gettext.GNUTranslations(file)._catalog

    assert len(words) > 1000
    assert [text for text in words.values() if BLANK_AFTER_MARK.search(text)] == []


def test_no_template_puts_a_blank_after_words_that_end_in_a_colon():
    files = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    found = {
        str(path.relative_to(settings.BASE_DIR)): match[0]
        for path in files
        if (match := BLANK_AFTER_COLON.search(path.read_text()))
    }

    assert len(files) > 100
    assert found == {}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_reason_of_a_refused_field_stands_right_after_the_colon(language):
    with translation.override(language):
        html = render_to_string(
            "components/field.html", {"box": {"auto_id": "id_x", "errors": ["太长了"]}}
        )

    assert re.search(r"(?:错误：|Error: )太长了", html)
