"""The search index: one row for each case, its texts cut into overlapping pairs of characters.

Chinese has no spaces, so a run of Han characters is stored as all its pairs (加装电梯 → 加装 装电 电梯)
and its last character alone; that keeps neighbouring runs apart and lets one character be looked
up by prefix. Every other run of letters or digits is one word. The same words are looked up on
both databases, and only words made here ever reach a full-text query.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import models
from django.utils.translation import gettext_lazy as _

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
IS_HAN = re.compile(f"[{HAN}]")
LONGEST_WORD = 40  # of letters and digits; PostgreSQL refuses words beyond 2 KB
MOST_RUNS = 8
LONGEST_QUERY = 100


@dataclass(frozen=True)
class Run:
    """One unbroken run of a query. `words` stand next to each other in what it finds.

    With `is_prefix` the only word is the beginning of one: a single character, or letters.
    """

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def trace(self) -> str:
        """What the row of a case that holds this run contains, literally."""
        return f" {' '.join(self.words)}" + ("" if self.is_prefix else " ")


def normal(text: str) -> str:
    """Full-width and half-width, capital and small letters made one."""
    return unicodedata.normalize("NFKC", text).lower()


def words_of(texts: Iterable[str]) -> str:
    """The texts as the index stores them: words between single spaces, one at each end."""
    found = [word for text in texts for run in _runs(text) for word in _cut(run)]
    return f" {' '.join(found)} " if found else " "


def runs_of(query: str) -> list[Run]:
    """What a query asks for: every run of it, at most eight; empty when nothing can be looked up."""
    return [_asked(run) for run in islice(_runs(query[:LONGEST_QUERY]), MOST_RUNS)]


def pairs_of(text: str) -> list[str]:
    """The distinct pairs and words of a text, in order of appearance, without lone characters."""
    found = (word for run in _runs(text) for word in _cut(run) if len(word) > 1)
    return list(dict.fromkeys(found))


def _runs(text: str) -> Iterator[str]:
    return (match.group() for match in RUN.finditer(normal(text)))


def _cut(run: str) -> list[str]:
    if not IS_HAN.match(run):
        return [run[:LONGEST_WORD]]
    return [run[i : i + 2] for i in range(len(run))]


def _asked(run: str) -> Run:
    if len(run) == 1 or not IS_HAN.match(run):
        return Run((run[:LONGEST_WORD],), is_prefix=True)
    return Run(tuple(_cut(run)[:-1]))


class SearchDoc(models.Model):
    """The words of one case, written by `services.search` in the transaction of the change.

    The database keeps the full-text index beside this row by itself (`search_index` migration):
    an FTS5 table filled by triggers on SQLite, a generated column on PostgreSQL. A migration that
    alters this table on SQLite must make the triggers again.
    """

    case = models.OneToOneField(
        "consultations.Case",
        models.CASCADE,
        primary_key=True,
        related_name="search_doc",
        verbose_name=_("case"),
    )
    words = models.TextField(_("words"))

    class Meta:
        verbose_name = _("search index row")
        verbose_name_plural = _("search index rows")

    def __str__(self) -> str:
        return str(self.case)
