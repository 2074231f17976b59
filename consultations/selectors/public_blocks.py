"""What stands on the home page and in which order: the usual blocks, changed and joined by rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q

from committees.partial_dates import PartialDate
from consultations.models import Case, HomeBlock, ReportedFigure
from consultations.selectors.cases import public_cases
from consultations.selectors.jsonrows import JSONRows, as_models
from consultations.selectors.public import newest_cases

Kind = HomeBlock.Kind
USUAL = {Kind.RESULTS: 20, Kind.CIRCLE: 30, Kind.PLACES: 40, Kind.FIGURES: 50, Kind.SOURCES: 60}
MOST = 30  # rows; the five usual ones and what an office writes


@dataclass
class Block:
    """A block of the page; an empty heading means the usual one. `template` draws it."""

    kind: str
    order: int
    title: str = ""
    text: str = ""
    link: str = ""
    link_text: str = ""
    is_shown: bool = True
    case_id: int | None = None
    case: Case | None = None
    figures: list[ReportedFigure] = field(default_factory=list)
    pk: int | None = None
    stamp: tuple[Any, ...] = ()  # what it is drawn from; another stamp, another drawing

    @property
    def template(self) -> str:
        return f"public/home/{self.kind}.html"


def home_blocks() -> list[Block]:
    """The blocks of the home page, hidden ones too, by one query."""
    return in_order(_blocks(Q(region=None)))


def notices_of(code: str) -> list[Block]:
    """The notices on the page of a region's committee, with the cases they tell of."""
    found = _blocks(Q(region=code, is_shown=True))
    picked = {block.case_id for block in found if block.case_id}
    cases = newest_cases(MOST, public_cases().filter(pk__in=picked)) if picked else []
    for block in found:
        block.case = next((case for case in cases if case.pk == block.case_id), None)
    return found


def in_order(rows: list[Block]) -> list[Block]:
    set_already = {block.kind for block in rows}
    usual = [Block(kind, order) for kind, order in USUAL.items() if kind not in set_already]
    return sorted([*rows, *usual], key=lambda block: (block.order, block.pk or 0))


def _blocks(which: Q) -> list[Block]:
    rows = HomeBlock.objects.filter(which).order_by("order", "pk")
    picked = ReportedFigure.objects.filter(home_blocks=OuterRef("pk"))
    seen = picked.filter(Q(case=None) | Q(case__is_public=True)).order_by("topic", "code")
    quoted = JSONRows(
        seen, "id", "name", "value", "unit", "exactness", report_code="citation__report__code",
        report_title="citation__report__title", report_date="citation__report__published_on",
    )  # fmt: skip
    return [block_of(row, figures_from(row.quoted)) for row in rows.annotate(quoted=quoted)[:MOST]]


def block_of(row: HomeBlock, figures: list[ReportedFigure]) -> Block:
    """`row` need not be saved: a preview shows what was typed."""
    return Block(
        row.kind, row.order, row.title, row.text, row.link, row.link_text, row.is_shown,
        row.case_id, figures=figures, pk=row.pk,
    )  # fmt: skip


def figures_from(rows: list[dict[str, Any]]) -> list[ReportedFigure]:
    found = as_models(ReportedFigure, rows)
    for one in found:
        one.report_date = PartialDate(one.report_date) if one.report_date else None  # type: ignore[attr-defined]
    return found
