"""The rights in the lists of the staff site, asked of the lists themselves; the table knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.test import RequestFactory

from consultations.admin.site import site
from tests.access.asking import reaches
from tests.access.rows import Row
from tests.access.table import TABLE
from tests.access.world import World

ROWS = {row.route: row for row in TABLE}


def wrong_lists(world: World, person: str, user: Any) -> Iterator[str]:
    request = RequestFactory().get("/admin/")
    request.user = user
    for model, listed in site._registry.items():
        above = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        page = ROWS[f"{above}<path:object_id>/change/"]
        if (kind := page.about.removeprefix("site:")) in world.rows and kind != "event":
            told = _told(listed, request, person, above, page)
            told |= dict(_subjects(listed, request, person, page, world.rows[kind]))
            yield from (f"{person} {what} {above}" for what, right in told.items() if not right)


def _told(listed: Any, request: Any, person: str, above: str, page: Row) -> dict[str, bool]:
    return {
        "looks at": listed.has_view_permission(request) == (person in ROWS[above].roles),
        "sees in the menu": listed.has_module_permission(request) == (person in ROWS[above].roles),
        "adds to": listed.has_add_permission(request) == (person in ROWS[f"{above}add/"].roles),
        "keeps": listed.has_change_permission(request) == (person in page.may_write),
    }


def _subjects(
    listed: Any, request: Any, person: str, page: Row, rows: dict[str, Any]
) -> Iterator[tuple[str, bool]]:
    looks, keys = listed.has_view_permission(request), [row.pk for row in rows.values()]
    seen = set(listed.get_queryset(request).filter(pk__in=keys).values_list("pk", flat=True))
    is_placed = bool(listed.region_path)
    for subject, row in rows.items():
        reached = reaches(person, page, subject)
        yield f"finds {subject} in", ((looks or is_placed) and row.pk in seen) == reached
        if reached or is_placed:
            keeps = listed.has_change_permission(request, row)
            yield f"keeps {subject} in", keeps == (reached and person in page.may_write)
