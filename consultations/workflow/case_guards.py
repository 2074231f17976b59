"""Conditions of the case table up to the meeting; the rest is in `outcome_guards`.

Each answers None when met, otherwise the reason why not.

A guard reads the case as it stands; a guard on something typed keeps quiet until the form is
sent (`ask.data` is None while a step is only offered). What is looked up by `ask.once` may be
known to whoever offers the steps, as the record page knows it (`selectors.record.known_of`).
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Role
from committees.parameters import value_for
from consultations.workflow.engine import Ask, by_person, by_role


@by_person
def be_creator_or_owner(ask: Ask) -> str | None:
    if ask.by.pk in (ask.subject.created_by_id, ask.subject.owner_id):
        return None
    return _("Only the person who logged the topic, or the person in charge of it, submits it.")


def have_required_fields(ask: Ask) -> str | None:
    case = ask.subject
    missing = [
        label
        for value, label in (
            (case.title, _("title")),
            (case.problem, _("the problem")),
            (case.source, _("topic source")),
            (case.region_id, _("place")),
        )
        if not value
    ]
    return _("Still empty: %s.") % "、".join(missing) if missing else None


def have_sensitivity(ask: Ask) -> str | None:
    return None if ask.subject.sensitivity else _("Say whether the topic is sensitive.")


def name_channel(ask: Ask) -> str | None:
    if ask.data is None or ask.given("channel"):
        return None
    return _("Say where the matter is passed on to.")


def name_merge_target(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    target = ask.given("target")
    if target is None or target.pk == ask.subject.pk:
        return _("Choose the other topic that this one joins.")
    if target.is_ended:
        return _("The other topic has ended; choose one that is still open.")
    return None


def name_split(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    split = ask.given("split") or {}
    if split.get("title") and split.get("problem"):
        return None
    return _("Give the new topic a title, and say which part of the problem it is about.")


def name_review_date(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    day, longest = ask.given("review_on"), value_for(ask.subject.region, "defer_max_days")
    if not day or day <= ask.today:
        return _("Give a review date in the future.")
    if (day - ask.today).days > longest:
        return _("The review date is at most %s days away.") % longest
    return None


def be_first_reconsideration(ask: Ask) -> str | None:
    if ask.subject.events.filter(action="reconsider").exists():
        return _("The topic was reconsidered once already; that decision is final.")
    return None


@by_role
def be_topic_gate(ask: Ask) -> str | None:
    gate = ask.once("topic_gate", lambda: value_for(ask.subject.region, "topic_gate"))
    if (ask.role == Role.PARTY_APPROVER) == (gate == "party"):
        return None
    if gate == "party":
        return _("In this place the township Party committee approves topics.")
    return _("In this place the county CPPCC leader approves topics.")


@by_person
def not_be_author(ask: Ask) -> str | None:
    if ask.by.pk == ask.subject.created_by_id:
        return _("Nobody approves a topic he or she logged.")
    if ask.subject.created_by_id in ask.hand:
        return _("Your deputy, or the person you act for, logged this topic.")
    return None


def have_opinion(ask: Ask) -> str | None:
    if ask.data is None or str(ask.given("opinion") or "").strip():
        return None
    return _("Write the opinion: what is decided, and on what condition.")


def have_plan(ask: Ask) -> str | None:
    if ask.data is None or ask.given("plan"):
        return None
    return _("Write who visits whom and when.")


def visit_is_complete(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    visit = ask.given("visit") or {}
    if not all(visit.get(name) for name in ("visited_on", "place", "method", "findings")):
        return _("A visit has a date, a place, a method and findings.")
    if visit["visited_on"].earliest > ask.today:
        return _("The visit cannot be in the future.")
    return None


def have_visit_or_reason(ask: Ask) -> str | None:
    if ask.data is None or ask.once("has_visit", ask.subject.visits.exists):
        return None
    if (ask.given("meeting") or {}).get("no_visit_reason"):
        return None
    return _("No visit is on record: log one, or write why the meeting goes ahead without.")


def have_sides(ask: Ask) -> str | None:
    if ask.once("sides", ask.subject.sides.count) >= 2:
        return None
    return _("Name at least two sides with an interest in the topic.")


def have_place_and_date(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    meeting = ask.given("meeting") or {}
    if not meeting.get("starts_at") or not (meeting.get("room") or meeting.get("place")):
        return _("A meeting has a time and a place.")
    return None


def have_rounds_left(ask: Ask) -> str | None:
    held = ask.once("rounds", ask.subject.meetings.filter(status="held").count)
    if not held:
        return None
    most = ask.once("reconsult_rounds", lambda: value_for(ask.subject.region, "reconsult_rounds"))
    if held < most:
        return None
    return _("After %s rounds the matter is converted, referred or ended.") % most


def be_returned_for_substance(ask: Ask) -> str | None:
    """From the outcome stage only a return for substance leads back to a meeting."""
    if ask.subject.stage != "deliberated":
        return None
    outcomes = ask.subject.approvals.filter(kind="outcome").order_by("-pk")
    last = ask.once("last_outcome", outcomes.first)
    if last is not None and not last.approved and last.is_substantial:
        return None
    return _("Another round follows only when the Party committee returned the substance.")


def have_new_date(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    new = ask.given("starts_at")
    return (
        None
        if new and timezone.localdate(new) >= ask.today
        else _("Give the new date of the meeting.")
    )


def _planned(ask: Ask) -> Any:
    return ask.once("planned", ask.subject.meetings.filter(status="planned").first)


def meeting_date_passed(ask: Ask) -> str | None:
    held_on = ask.given("held_on")
    if held_on:
        return None if held_on.earliest <= ask.today else _("The meeting is not in the future.")
    meeting = _planned(ask)
    if ask.data is None and meeting and meeting.starts_at:
        from_today = timezone.localdate(meeting.starts_at) > ask.today
        return _("The day of the meeting has not come yet.") if from_today else None
    return None if ask.data is None else _("Enter the day on which the meeting was held.")


def _present(ask: Ask) -> list[Any]:
    meeting = _planned(ask)
    if meeting is None:
        return []
    came = meeting.participants.filter(attended=True)
    people: list[Any] = ask.once("present", lambda: list(came))
    return people


def have_attendance(ask: Ask) -> str | None:
    present = _present(ask)
    if not present:
        return _("Mark who was present.")
    if all(person.capacity != "host" for person in present):
        return _("Mark the CPPCC member who hosted the meeting.")
    return None


def have_two_sides(ask: Ask) -> str | None:
    sides = {person.side_id for person in _present(ask)} - {None}
    return (
        None if len(sides) >= 2 else _("People of at least two sides were present: assign sides.")
    )


def have_statements(ask: Ask) -> str | None:
    meeting = _planned(ask)
    if meeting and ask.once("has_statement", meeting.statements.exists):
        return None
    return _("Record at least one statement.")


def agreed_items(ask: Ask) -> list[Any]:
    found: list[Any] = ask.once("items", lambda: list(ask.subject.items.order_by("number", "pk")))
    return found


def have_items(ask: Ask) -> str | None:
    return None if agreed_items(ask) else _("Write at least one agreed item.")


def items_read_back(ask: Ask) -> str | None:
    if ask.data is None or ask.given("read_back"):
        return None
    return _("Confirm that the agreed items were read back to everybody.")


def host_confirms(ask: Ask) -> str | None:
    if ask.data is None or ask.given("host_confirmed"):
        return None
    return _("The host has to confirm the record.")


def have_dissent(ask: Ask) -> str | None:
    if ask.data is None or ask.given("dissent"):
        return None
    return _("Write what stayed open and between whom.")


def name_conversion(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    conversion = ask.given("conversion") or {}
    if conversion.get("kind") and conversion.get("title"):
        return None
    return _("Say what the outcome is turned into and under which title.")


@by_role
@by_person
def be_proposer_or_office(ask: Ask) -> str | None:
    if ask.role == Role.COUNTY_OFFICE or ask.by.pk == ask.subject.created_by_id:
        return None
    return _("Only the person who proposed the topic, or the county office, withdraws it.")
