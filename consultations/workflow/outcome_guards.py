"""Conditions of the case table after the meeting: outcome, rating, end and publication.

Each answers None when met, otherwise the reason why not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Role, RoleGrant
from committees.parameters import value_for
from consultations import calendar, privacy
from consultations.workflow.case_guards import agreed_items
from consultations.workflow.engine import SYSTEM, Ask, by_person, by_role

# Those who take part as officials or members and have names; everybody else is a resident.
PUBLIC_CAPACITIES = ("host", "member", "cadre", "township", "department", "police")

ITEM_WRITING = ("save_outcome", "record_meeting")  # the lines of history that write agreed items


@by_role
def be_sender_of_outcome(ask: Ask) -> str | None:
    """A studio's topic is sent by its director; the office sends what no studio stands behind."""
    if ask.role != Role.COUNTY_OFFICE or ask.subject.studio_id is None:
        return None
    return _("The studio director sends the outcome of a studio's topic.")


def items_are_complete(ask: Ask) -> str | None:
    told = [
        _("Agreed items %(numbers)s still need: %(missing)s.")
        % {"numbers": "、".join(numbers), "missing": missing}
        for missing, numbers in gaps_of(agreed_items(ask)).items()
    ]
    return " ".join(told) or None


def gaps_of(items: Iterable[Any]) -> dict[str, list[str]]:
    """What agreed items lack before the outcome can be sent: the numbers of those that lack it."""
    lacking: dict[str, list[str]] = {}
    for item in items:
        if missing := "、".join(_missing(item)):
            lacking.setdefault(missing, []).append(str(item.number))
    return lacking


def _missing(item: Any) -> list[str]:
    if item.dropped_reason:
        return []
    has = {
        "route": item.route,
        "owner": item.owner,
        "due_on": item.due_on or item.settled_on,
    }
    return [str(item._meta.get_field(name).verbose_name) for name in has if not has[name]]


@by_person
def not_be_compiler(ask: Ask) -> str | None:
    """Whoever sent the outcome compiled it, and so did whoever wrote its items. A deputy and the
    person acted for are one hand."""
    wrote = ask.subject.events.filter(action__in=ITEM_WRITING, actor__in=ask.hand)
    hands = {ask.subject.compiled_by_id, *wrote.values_list("actor", flat=True)} & ask.hand
    if ask.by.pk in hands:
        return _("Nobody approves an outcome he or she compiled.")
    if hands:
        return _("Your deputy, or the person you act for, compiled this outcome.")
    return None


def have_reason_per_item(ask: Ask) -> str | None:
    if ask.data is None or any((ask.given("item_reasons") or {}).values()):
        return None
    return _("Write for at least one agreed item why it is returned.")


def have_tasks_where_needed(ask: Ask) -> str | None:
    items = ask.subject.items.filter(route__in=("township", "county"), dropped_reason="")
    given = ask.subject.tasks.exclude(state="cancelled").filter(unit__isnull=False)
    covered = set(given.values_list("item", flat=True))
    numbers = items.values_list("pk", "number")
    missing = [str(number) for pk, number in numbers if pk not in covered]
    if not missing:
        return None
    return _("Agreed items %s are handled by units and need a task.") % "、".join(missing)


def have_everything_ended(ask: Ask) -> str | None:
    case = ask.subject
    running = case.tasks.not_ended().count()
    if running:
        return _("%s tasks have not ended.") % running
    promises = case.items.filter(commitments__state="open").count()
    if promises:
        return _("%s commitments have not been checked.") % promises
    unsettled = case.items.filter(route="on_the_spot", settled_on=None, dropped_reason="").count()
    if case.rounds > 1 and unsettled:  # named as not holding when the case was taken up again
        return _("%s items to be settled on the spot have not been confirmed.") % unsettled
    return None


def have_public_summary(ask: Ask) -> str | None:
    return None if ask.subject.public_summary else _("Write the one-sentence summary first.")


@by_person
def not_be_handling_unit(ask: Ask) -> str | None:
    units = ask.subject.tasks.exclude(unit=None).values("unit")
    held = RoleGrant.objects.in_force().filter(user__in=ask.hand, unit__in=units)
    if held.exists():
        return _("The handling unit does not collect the rating of its own work.")
    return None


def be_published_or_exempt(ask: Ask) -> str | None:
    if ask.subject.is_public or ask.data is None or ask.given("exemption"):
        return None
    return _("Publish the case, or write why it is not published.")


def have_rating_or_note(ask: Ask) -> str | None:
    if ask.subject.ratings.exists() or ask.data is None or ask.given("closing_note"):
        return None
    return _("No rating came in: say so in the closing note.")


def unhappy_ratings(case: Any) -> Any:
    """The dissatisfied answers of the present round: by taking the case up again those before it
    were dealt with.

    Somebody who looked and found a task not done needs no look here: that sends the task back to
    its unit, and a running task keeps the case from being rated or closed.
    """
    return case.ratings.filter(result="dissatisfied", round__gte=case.rounds).order_by("pk")


def have_answered_the_unhappy(ask: Ask) -> str | None:
    if ask.data is None or str(ask.given("unhappy_answer") or "").strip():
        return None
    count = sum(rating.count for rating in unhappy_ratings(ask.subject))
    if not count:
        return None
    return (
        _(
            "%s of those asked are dissatisfied: take the case up again, or write what was done "
            "about it and why the case can be closed all the same."
        )
        % count
    )


def be_within_relapse_time(ask: Ask) -> str | None:
    case = ask.subject
    if case.stage != "closed":
        return None
    closed = timezone.localdate(case.stage_since)
    months = value_for(case.region, "relapse_months", on=closed)
    if ask.today <= calendar.add_months(closed, months):
        return None
    return _("Closed more than %s months ago: log a new case and link it.") % months


def _last_round(ask: Ask) -> int:
    """The highest round of handling of a task; 0 without tasks."""
    return ask.subject.tasks.aggregate(last=Max("round"))["last"] or 0


@by_role
def leave_it_to_office_at_first(ask: Ask) -> str | None:
    """The leader reopens where a task was handled as often as the office may have it handled."""
    if ask.role != Role.LEADER:
        return None
    most = ask.once("rehandle_rounds", lambda: value_for(ask.subject.region, "rehandle_rounds"))
    if ask.once("last_round", lambda: _last_round(ask)) >= most:
        return None
    return _("The county office reopens it; after %s rounds the leader does.") % most


@by_role
def name_what_did_not_hold(ask: Ask) -> str | None:
    """Tasks, checked promises, or items that had neither: whatever it is, it is of this case."""
    if ask.data is None or ask.role == SYSTEM:
        return None
    tasks, items = ask.given("tasks") or [], ask.given("agreed_items") or []
    promises = ask.given("commitments") or []
    cases = {
        *(record.case_id for record in (*tasks, *items)),
        *(promise.item.case_id for promise in promises if promise.state != "open"),
    }
    if cases == {ask.subject.pk} and all(promise.state != "open" for promise in promises):
        return None
    return _("Choose what did not hold: tasks, promises or agreed items of this case.")


def not_be_public_already(ask: Ask) -> str | None:
    return _("The case is public already.") if ask.subject.is_public else None


def not_be_restricted(ask: Ask) -> str | None:
    return _("The case is restricted.") if ask.subject.restricted_at else None


def not_be_sensitive(ask: Ask) -> str | None:
    if ask.subject.sensitivity == "normal":
        return None
    return _("Only a topic marked as not sensitive is published.")


def be_restricted(ask: Ask) -> str | None:
    return None if ask.subject.restricted_at else _("The case is not restricted.")


@by_person
def be_second_person(ask: Ask) -> str | None:
    if ask.subject.summary_by_id in ask.hand:
        return _("A second person releases the public text.")
    return None


def resident_names(case: Any) -> list[str]:
    """Names of those who took part as residents, not as officials or members acting as such."""
    people = case.meetings.values_list("participants__name", "participants__capacity")
    return sorted({name for name, kind in people if name and kind not in PUBLIC_CAPACITIES})


def have_no_personal_data(ask: Ask) -> str | None:
    words = privacy.BETWEEN.join(ask.shown(ask.subject))
    found = privacy.findings(words, names=resident_names(ask.subject))
    return _("Personal data in the public text: %s.") % "、".join(found) if found else None
