"""Headings, empty rows, and as many queries for many rows as for one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.services.imports import run
from committees.services.imports.columns import BadTable, Row, read_rows
from tests.committees.imports.tables import (
    a_row,
    a_unit,
    officer,
    rows,
)
from tests.people import a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "who"),
    [("officers", "system_admin"), ("officers", "security_admin"), ("members", "office"),
     ("units", "office")],
)  # fmt: skip
def test_many_rows_take_as_many_queries_as_one(county, kind, who, django_assert_num_queries):
    people = [a_person(f"p{n}", ("member", county.studio), name=f"某{n}") for n in range(3)]
    table = {
        "officers": [officer(username=p.username, name=p.display_name, role="leader",
                             region="539921") for p in people],
        "members": [a_row(county, name=f"某{n}", studio=county.studio.name) for n in range(3)],
        "units": [a_unit(county, name=f"第{n}局", contact="陈平") for n in range(3)],
    }[kind]  # fmt: skip
    by = getattr(county, who)
    with CaptureQueriesContext(connection) as one:
        run.look(kind, rows(*table[:1]), by=by)
    with django_assert_num_queries(len(one)):
        look = run.look(kind, rows(*table), by=by)
    assert look.is_sound


def test_headings_are_read_in_any_order_and_width():
    table = [(1, []), (3, ["NAME*", "ＵｓｅｒName", ""]), (4, ["李明", "liming"]), (6, ["", " "])]
    assert read_rows("officers", table) == [Row(4, {"name": "李明", "username": "liming"})]


@pytest.mark.parametrize(
    "table",
    [
        [],
        [(1, ["", ""])],
        [(1, ["username", "name"])],
        [(1, ["username", "colour", "name"]), (2, ["a", "b", "c"])],
        [(1, ["username", "name", "name"]), (2, ["a", "b", "c"])],
        [(1, ["username"]), (2, ["a"])],
        [(1, ["username", "name"]), *((n, ["a", "b"]) for n in range(2, 503))],
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(table):
    with pytest.raises(BadTable):
        read_rows("officers", table)
