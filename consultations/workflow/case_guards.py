"""Conditions of the case table. Each answers None when met, otherwise the reason why not.

A guard reads the case as it stands; a guard on something typed keeps quiet until the form is
sent (`ask.data` is None while a step is only offered).
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from committees.models import Role
from committees.parameters import value_for
from consultations import calendar, privacy
from consultations.workflow.engine import Ask

MAX_ROUNDS = 3
PUBLIC_CAPACITIES = ("host", "member", "cadre", "township", "department", "police")


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


def be_topic_gate(ask: Ask) -> str | None:
    gate = value_for(ask.subject.region, "topic_gate")
    if (ask.role == Role.PARTY_APPROVER) == (gate == "party"):
        return None
    if gate == "party":
        return _("In this place the township Party committee approves topics.")
    return _("In this place the county CPPCC leader approves topics.")


def not_be_author(ask: Ask) -> str | None:
    if ask.by.pk == ask.subject.created_by_id:
        return _("Nobody approves a topic he or she logged.")
    return None


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
    if ask.subject.visits.exists() or ask.data is None:
        return None
    if (ask.given("meeting") or {}).get("no_visit_reason"):
        return None
    return _("No visit is on record: log one, or write why the meeting goes ahead without.")


def have_sides(ask: Ask) -> str | None:
    if ask.subject.sides.count() >= 2:
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
    if ask.subject.meetings.filter(status="held").count() < MAX_ROUNDS:
        return None
    return _("After %s rounds the matter is converted, referred or ended.") % MAX_ROUNDS


def be_returned_for_substance(ask: Ask) -> str | None:
    """From the outcome stage only a return for substance leads back to a meeting."""
    if ask.subject.stage != "deliberated":
        return None
    last = ask.subject.approvals.filter(kind="outcome").order_by("-pk").first()
    if last is not None and not last.approved and last.is_substantial:
        return None
    return _("Another round follows only when the Party committee returned the substance.")


def have_new_date(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    new = ask.given("starts_at")
    return None if new and new.date() >= ask.today else _("Give the new date of the meeting.")


def _planned(ask: Ask):
    return ask.subject.meetings.filter(status="planned").first()


def meeting_date_passed(ask: Ask) -> str | None:
    held_on = ask.given("held_on")
    if held_on:
        return None if held_on.earliest <= ask.today else _("The meeting is not in the future.")
    meeting = _planned(ask)
    if ask.data is None and meeting and meeting.starts_at:
        from_today = meeting.starts_at.astimezone().date() > ask.today
        return _("The day of the meeting has not come yet.") if from_today else None
    return None if ask.data is None else _("Enter the day on which the meeting was held.")


def _present(ask: Ask):
    meeting = _planned(ask)
    return meeting.participants.filter(attended=True) if meeting else None


def have_attendance(ask: Ask) -> str | None:
    present = _present(ask)
    if present is None or not present.exists():
        return _("Mark who was present.")
    if not present.filter(capacity="host").exists():
        return _("Mark the CPPCC member who hosted the meeting.")
    return None


def have_two_sides(ask: Ask) -> str | None:
    present = _present(ask)
    sides = present.exclude(side=None).values("side").distinct().count() if present else 0
    return None if sides >= 2 else _("People of at least two sides were present: assign sides.")


def have_statements(ask: Ask) -> str | None:
    meeting = _planned(ask)
    if meeting and meeting.statements.exists():
        return None
    return _("Record at least one statement.")


def have_items(ask: Ask) -> str | None:
    return None if ask.subject.items.exists() else _("Write at least one agreed item.")


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


def items_are_complete(ask: Ask) -> str | None:
    incomplete = [
        item.number
        for item in ask.subject.items.filter(dropped_reason="")
        if not (item.route and item.owner and (item.due_on or item.settled_on))
    ]
    if not incomplete:
        return None
    numbers = "、".join(str(number) for number in incomplete)
    return _("Agreed items %s still need a route, a responsible person and a date.") % numbers


def not_be_compiler(ask: Ask) -> str | None:
    if ask.by.pk == ask.subject.compiled_by_id:
        return _("Nobody approves an outcome he or she compiled.")
    return None


def have_reason_per_item(ask: Ask) -> str | None:
    if ask.data is None or any((ask.given("item_reasons") or {}).values()):
        return None
    return _("Write for at least one agreed item why it is returned.")


def have_tasks_where_needed(ask: Ask) -> str | None:
    items = ask.subject.items.filter(route__in=("township", "county"), dropped_reason="")
    missing = [
        str(item.number)
        for item in items
        if not item.tasks.exclude(state="cancelled").filter(unit__isnull=False).exists()
    ]
    if not missing:
        return None
    return _("Agreed items %s are handled by units and need a task.") % "、".join(missing)


def have_everything_ended(ask: Ask) -> str | None:
    case = ask.subject
    running = case.tasks.not_ended().count()
    if running:
        return _("%s tasks have not ended.") % running
    promises = case.items.filter(commitments__state="open").count()
    return _("%s commitments have not been checked.") % promises if promises else None


def have_public_summary(ask: Ask) -> str | None:
    return None if ask.subject.public_summary else _("Write the one-sentence summary first.")


def not_be_handling_unit(ask: Ask) -> str | None:
    units = ask.subject.tasks.exclude(unit=None).values("unit")
    if ask.by.grants.in_force().filter(unit__in=units).exists():
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


def be_within_relapse_time(ask: Ask) -> str | None:
    case = ask.subject
    if case.stage != "closed":
        return None
    months = value_for(case.region, "relapse_months")
    if ask.today <= calendar.add_months(case.stage_since.astimezone().date(), months):
        return None
    return _("Closed more than %s months ago: log a new case and link it.") % months


def name_tasks_to_reopen(ask: Ask) -> str | None:
    if ask.data is None or ask.given("tasks"):
        return None
    return _("Choose the tasks that are taken up again.")


def be_proposer_or_office(ask: Ask) -> str | None:
    if ask.role == Role.COUNTY_OFFICE or ask.by.pk == ask.subject.created_by_id:
        return None
    return _("Only the person who proposed the topic, or the county office, withdraws it.")


def not_be_public_already(ask: Ask) -> str | None:
    return _("The case is public already.") if ask.subject.is_public else None


def not_be_restricted(ask: Ask) -> str | None:
    return _("The case is restricted.") if ask.subject.restricted_at else None


def be_restricted(ask: Ask) -> str | None:
    return None if ask.subject.restricted_at else _("The case is not restricted.")


def be_second_person(ask: Ask) -> str | None:
    if ask.by.pk == ask.subject.summary_by_id:
        return _("A second person releases the public text.")
    return None


def public_texts(case) -> str:
    """Everything of a case that the public page would show, joined for the scan."""
    texts = [case.title, case.problem, case.place, case.result, case.public_summary]
    texts += case.items.values_list("text", flat=True)
    texts += case.tasks.values_list("title", flat=True)
    texts += case.meetings.values_list("summary", flat=True)
    texts += case.follow_ups.filter(is_public=True).values_list("finding", flat=True)
    return "\n".join(texts)


def have_no_personal_data(ask: Ask) -> str | None:
    case = ask.subject
    names = {
        name
        for meeting in case.meetings.all()
        for name in meeting.participants.exclude(capacity__in=PUBLIC_CAPACITIES)
        .exclude(name="")
        .values_list("name", flat=True)
    }
    found = privacy.findings(public_texts(case), names=sorted(names))
    return _("Personal data in the public text: %s.") % "、".join(found) if found else None
