"""What the steps of hand-over by remit and of joint handling write."""

from __future__ import annotations

from typing import Any

from committees.models import HandlingUnit
from consultations.models import (
    AssistingOpinion,
    Attachment,
    Conference,
    FirstContact,
    Settlement,
    Task,
)
from consultations.services.steps import Effect, Outcome
from consultations.workflow.engine import Ask
from consultations.workflow.handover_guards import conference_of


def keep_conference(ask: Ask, *, unit: HandlingUnit) -> Conference | None:
    """The binding conference that decided, with its file; None where none was held."""
    held = conference_of(ask)
    if not held:
        return None
    return Conference.objects.create(
        task=ask.subject,
        held_on=held["held_on"],
        participants=held["participants"],
        minutes=held["minutes"],
        unit=unit,
        file=_file(ask, held.get("file")),
        recorded_by=ask.by,
        recorded_on=ask.today,
    )


def _file(ask: Ask, file: Any) -> Attachment | None:
    if not file:
        return None
    return Attachment.objects.create(
        case=ask.subject.case,
        kind=Attachment.Kind.DOCUMENT,
        title=ask.subject.title[:80],
        file=file,
        uploaded_by=ask.by,
    )


def note_dissent(ask: Ask) -> Outcome:
    held = ask.subject.conferences.order_by("-pk")[0]
    held.dissent, held.dissent_by, held.dissent_on = ask.given("text"), ask.by, ask.today
    held.save(update_fields=["dissent", "dissent_by", "dissent_on"])
    return Outcome(facts={"conference": held.pk})


def record_contact(ask: Ask) -> Outcome:
    talk = FirstContact.objects.create(
        task=ask.subject,
        unit=ask.subject.unit,
        talked_on=ask.given("talked_on"),
        way=ask.given("way"),
        text=ask.given("text"),
        written_by=ask.by,
        paper_note=ask.given("paper_note") or "",
    )
    return Outcome({"contacted_on": talk.talked_on}, {"contact": talk.pk, "way": talk.way})


def settle_dispute(ask: Ask) -> Outcome:
    """One settlement for all that stood against the lead's way until now."""
    against = ask.subject.opinions_against()
    held = Settlement.objects.create(
        task=ask.subject,
        level=ask.given("level"),
        settled_on=ask.given("settled_on"),
        position=ask.given("position"),
        text=ask.given("text"),
        recorded_by=ask.by,
        paper_note=ask.given("paper_note") or "",
    )
    keys = [opinion.pk for opinion in against]
    AssistingOpinion.objects.filter(pk__in=keys).update(settlement=held)
    return Outcome(facts={"settlement": held.pk, "level": held.level, "opinions": keys})


def opinions_taken_over(task: Task) -> list[AssistingOpinion]:
    """What the combined reply quotes: every opinion of an assisting unit that still takes part."""
    given = AssistingOpinion.objects.filter(task__lead=task).exclude(task__state="cancelled")
    rows = given.select_related("task__unit", "settlement")
    return list(rows.order_by("task__number", "task_id", "pk"))


EFFECTS: dict[str, Effect] = {
    "note_dissent": note_dissent,
    "record_contact": record_contact,
    "settle_dispute": settle_dispute,
}
