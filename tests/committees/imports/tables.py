"""Tables of people and units as they were read, and what they would do."""

from __future__ import annotations

from committees.models import PeopleImport
from committees.services.imports import run
from committees.services.imports.columns import Row

TOKEN = "a" * 32


def rows(*cells: dict[str, str]) -> list[Row]:
    return [Row(number, found) for number, found in enumerate(cells, start=2)]


def officer(**cells: str) -> dict[str, str]:
    return {"username": "liming", "name": "李明"} | cells


def unit_officer(county, **cells: str) -> dict[str, str]:
    return officer(role="unit_officer", unit=county.unit.name) | cells


def states(kind, table, by) -> list[str]:
    return [line.state.value for line in run.look(kind, rows(*table), by=by).lines]


def take(kind, table, by, token: str = TOKEN) -> PeopleImport:
    return run.take_over(kind, rows(*table), by=by, token=token)


def a_row(county, **cells: str) -> dict[str, str]:
    return {"name": "周敏", "committee": county.committee.short_name} | cells


def a_unit(county, **cells: str) -> dict[str, str]:
    return {"name": "县教育局", "kind": "government", "region": county.region.name} | cells
