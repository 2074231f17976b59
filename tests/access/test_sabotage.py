"""With one filter taken out of a selector the cells turn red; with it, the same ones are right."""

from __future__ import annotations

import pytest
from django.db.models import Q

from committees.admin.access import RolesDecide
from consultations.models import Event, Suggestion
from consultations.selectors import cases, public_case, trail
from consultations.selectors.public_case_rows import PREVIEW
from tests.access import visibility as who
from tests.access.walking import wrong_cells

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

RECORD = "/admin/consultations/case/<path:object_id>/change/"
TASK = "/my/tasks/<int:pk>/"
SLIP = "/admin/consultations/suggestion/<int:pk>/slip/"
TRAIL = "/admin/consultations/event/"
STUDIO = "/admin/committees/studio/<path:object_id>/change/"


def all_of(*args, **kwargs):
    return Q()


# what is broken: where, its name, what stands there instead, who notices, at which address
SABOTAGE = {
    "a region is no limit": (cases, "_below", all_of, who.OFFICE, RECORD),
    "a unit's task is everybody's": (cases, "task_scope", all_of, who.OFFICER, TASK),
    "sensitive goes up": (cases, "SHOWN_ABOVE", Q(), who.PREFECTURE, RECORD),
    "the inbox is one": (cases.suggestions_for, "__code__", (
        lambda user, *, grants=None: Suggestion.objects.all()).__code__, who.LIAISON, SLIP),
    "the trail has no scope": (trail, "_scope", lambda grants: Event.objects.all(), who.OFFICE,
                               TRAIL),
    "lists are of the whole site": (RolesDecide, "rows_within", all_of, who.OFFICE, STUDIO),
}  # fmt: skip


@pytest.mark.parametrize("name", SABOTAGE)
def test_a_filter_that_is_missing_is_noticed(everything, db, name, monkeypatch):
    place, attribute, instead, person, route = SABOTAGE[name]
    assert wrong_cells(everything, person, routes=[route]) == []
    monkeypatch.setattr(place, attribute, instead)
    assert wrong_cells(everything, person, routes=[route])


def test_what_the_public_sees_is_held_too(everything, db, monkeypatch):
    route = "/api/cases/<int:pk>/"
    assert wrong_cells(everything, who.ANONYMOUS, routes=[route]) == []
    monkeypatch.setitem(public_case.case_page.__kwdefaults__, "rows", PREVIEW)
    assert wrong_cells(everything, who.ANONYMOUS, routes=[route])
