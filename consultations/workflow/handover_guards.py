"""Conditions of hand-over and joint handling. Each answers None when met, otherwise the reason why
not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from committees.parameters import value_for
from consultations import calendar
from consultations.workflow.engine import Ask

WHOLE = ("held_on", "participants", "minutes")  # what a conference has


def _words(ask: Ask, name: str) -> str:
    return str(ask.given(name) or "").strip()


def conference_of(ask: Ask) -> Mapping[str, Any]:
    """What was typed about a conference: empty where there was none."""
    found = ask.given("conference")
    return found if found and any(found.get(name) for name in WHOLE) else {}


def have_conference_from_second_bounce(ask: Ask) -> str | None:
    """Of a conference that decided, also the first time, everything is on record."""
    if ask.data is None:
        return None
    held = conference_of(ask)
    if not held and ask.subject.bounces < 1:
        return None
    return conference_is_complete(ask) if held else _(
        "Handed on a second time: a binding conference decides. Write its date, who took part, "
        "and what was decided."
    )  # fmt: skip


def conference_is_complete(ask: Ask) -> str | None:
    held = conference_of(ask) if ask.data is not None else {}
    if not held:
        return None
    if not all(held.get(name) for name in WHOLE):
        return _("A conference has a date, people who took part, and a decision.")
    if held["held_on"] > ask.today:
        return _("The conference is not in the future.")
    return None


def not_be_bound_by_conference(ask: Ask) -> str | None:
    """The unit that a conference named works on the task; what it holds against it is noted."""
    if ask.subject.bounces < 1 or not _binding(ask):
        return None
    return _(
        "A binding conference gave the task to this unit. It works on it, and may have its dissent "
        "noted."
    )


def be_bound_by_conference(ask: Ask) -> str | None:
    held = _binding(ask)
    if held is None:
        return _("No conference gave the task to this unit.")
    return _("The dissent is on record already.") if held.dissent else None


def _binding(ask: Ask) -> Any:
    """The latest conference, where it named the unit that has the task now."""
    task = ask.subject
    latest = ask.once("conference", lambda: task.conferences.order_by("-pk").first())
    return latest if latest and latest.unit_id == task.unit_id else None


def name_ground(ask: Ask) -> str | None:
    if ask.data is None or _words(ask, "ground"):
        return None
    return _("Name the reform, the law or the duty list that moved the remit.")


def talk_is_complete(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    day = ask.given("talked_on")
    if not day or not ask.given("way") or not _words(ask, "text"):
        return _("A talk has a day, a way, and what was said with whom.")
    if day > ask.today:
        return _("The talk is not in the future.")
    return None


def have_settled_disputes(ask: Ask) -> str | None:
    """Agree first, answer after."""
    against = _against(ask)
    if not against:
        return None
    units = "、".join(dict.fromkeys(opinion.task.unit_name for opinion in against))
    return _("%s disagrees: settle it first, then answer.") % units


def have_open_dispute(ask: Ask) -> str | None:
    return None if _against(ask) else _("No assisting unit disagrees.")


def _against(ask: Ask) -> list[Any]:
    """Opinions that disagree and that nothing was settled about."""
    return ask.once("against", lambda: ask.subject.opinions_against())


def settlement_is_complete(ask: Ask) -> str | None:
    if ask.data is None:
        return None
    day = ask.given("settled_on")
    if not (day and ask.given("level") and _words(ask, "position") and _words(ask, "text")):
        return _("Write the position of the lead unit, who settled it and when, and what holds.")
    if day > ask.today:
        return _("The day of the settlement is not in the future.")
    return None


def have_opinions_or_decision(ask: Ask) -> str | None:
    """An opinion that is not required is waited for by nobody."""
    if ask.data is None or _words(ask, "opinion_decision"):
        return None
    missing = [
        task.unit_name
        for task in ask.subject.assistants.exclude(state="cancelled")
        if not task.opinion_optional and not task.opinions.exists()
    ]
    if not missing:
        return None
    units = "、".join(missing)
    return _("The opinion of %s is missing: wait for it, or record who decided to go on.") % units


def time_for_decision_is_over(ask: Ask) -> str | None:
    """Nobody decided on the extension in time: silence refuses it."""
    task = ask.subject
    asked = task.extension_requests.filter(granted=None, round=task.round).order_by("pk").first()
    if asked is None:
        return None
    days = value_for(task.case.region, "extension_decision_days", on=asked.requested_on)
    if ask.today > calendar.add_working_days(asked.requested_on, days):
        return None
    return _("The time to decide on the extension has not run out.")
