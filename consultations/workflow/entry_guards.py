"""Conditions of the table of entries. Each answers None when met, otherwise the reason why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from committees.models import RoleGrant
from consultations.workflow.engine import Ask, by_person


def be_of_this_case(ask: Ask) -> str | None:
    task = ask.given("task")
    if task is None or task.case_id == ask.subject.pk:
        return None
    return _("Choose a task of this case.")


def be_over(ask: Ask) -> str | None:
    day = ask.given("done_on")
    return _("The date is not in the future.") if day and day.earliest > ask.today else None


def promise_is_open(ask: Ask) -> str | None:
    promise = ask.given("commitment")
    if promise is None or promise.state == "open":
        return None
    return _("This promise was checked already.")


def say_what_became_of_it(ask: Ask) -> str | None:
    if ask.data is None or (ask.given("state") not in (None, "open") and ask.given("finding")):
        return None
    return _("Say whether the promise was kept, and what was found.")


def be_for_the_spot(ask: Ask) -> str | None:
    item = ask.given("item")
    if item is None:
        return None
    if item.route != "on_the_spot" or item.dropped_reason:
        return _("Only an item that is to be settled on the spot is confirmed in this way.")
    return None if item.confirmed_at else _("The item was not read back to everybody yet.")


@by_person
def not_be_of_handling_unit(ask: Ask) -> str | None:
    units = ask.subject.tasks.exclude(unit=None).values("unit")
    held = RoleGrant.objects.in_force().filter(user__in=ask.hand, unit__in=units)
    if held.exists():
        return _("Nobody rates or enters ratings of his or her own unit's work.")
    return None


def say_whether_it_holds(ask: Ask) -> str | None:
    found = str(ask.given("finding") or "").strip()
    if ask.data is None or (ask.given("outcome") in ("holds", "relapsed") and found):
        return None
    return _("Say whether the solution still holds, and what was found.")
