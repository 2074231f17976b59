"""The meetings of a case with what was reserved at them, for whoever decides on the outcome."""

from __future__ import annotations

from django.db.models import Prefetch

from consultations.models import Case, Meeting, Statement


def meetings_with_reservations(case: Case) -> list[Meeting]:
    """The meetings that were held, in order, each with its `reservations`. Two queries."""
    reserved = Statement.objects.filter(kind=Statement.Kind.DISSENT).select_related("speaker__side")
    spoken = Prefetch("statements", reserved.order_by("order", "pk"), to_attr="reservations")
    held = case.meetings.filter(status=Meeting.Status.HELD).select_related("room")
    return list(held.prefetch_related(spoken).order_by("round", "pk"))
