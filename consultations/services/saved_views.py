"""Views of a list kept under a name: written, changed and removed by whom they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, Region, User
from consultations.models import SavedView
from consultations.workflow.engine import Refused

MOST = 20  # of one person for one list
LONGEST = 200  # characters of one part of an address


@transaction.atomic
def save(
    view: SavedView,
    *,
    by: User,
    name: str,
    columns: list[str],
    shared_in: Region | None,
    is_default: bool,
    query: Mapping[str, str] | None = None,
) -> SavedView:
    """Keep a view, new or changed; only one of a list opens first. Without a query that stays."""
    User.objects.select_for_update().get(pk=by.pk)
    others = SavedView.objects.filter(owner=by, listed=view.listed).exclude(pk=view.pk)
    if view.pk is None and others.count() >= MOST:
        raise Refused([_("You have %s views of this list: please remove one first.") % MOST])
    if is_default:
        others.filter(is_default=True).update(is_default=False)
    view.owner, view.name, view.columns = by, name, columns
    view.shared_in, view.is_default = shared_in, is_default
    if query is not None:
        view.query = {key: value[:LONGEST] for key, value in query.items()}
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise Refused([_("You have a view of this name already.")]) from None
    _tell(view, by=by, facts={"act": "saved", "shared": shared_in is not None})
    return view


@transaction.atomic
def remove(view: SavedView, *, by: User) -> None:
    """Nobody finds it any more, also those it was shared with."""
    _tell(view, by=by, facts={"act": "removed"})
    view.delete()


def _tell(view: SavedView, *, by: User, facts: dict[str, Any]) -> None:
    audit.record(AuditEntry.Kind.RECORD, by=by, about=view, facts=facts | {"list": view.listed})
