"""Conditions of the gate after field research, in places whose Party committee approves it. Each
answers None when met, otherwise the reason why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from committees.parameters import value_for
from consultations.workflow.engine import Ask


def _asks_party(ask: Ask) -> bool:
    """Whether the Party committee of the place approves field research before the meeting."""
    gate = ask.once("research_gate", lambda: value_for(ask.subject.region, "research_gate"))
    return bool(gate == "party")


def _research_approved(ask: Ask) -> bool:
    """By the latest decision: what was returned is researched further and decided upon again."""
    found = ask.subject.approvals.filter(kind="research").order_by("-pk")
    last = ask.once("last_research", found.first)
    return last is not None and last.approved


def be_research_gate(ask: Ask) -> str | None:
    return None if _asks_party(ask) else _("In this place field research needs no approval.")


def have_visit_to_decide_on(ask: Ask) -> str | None:
    if ask.once("has_visit", ask.subject.visits.exists):
        return None
    return _("No visit is on record yet.")


def research_is_undecided(ask: Ask) -> str | None:
    return _("The field research was approved already.") if _research_approved(ask) else None


def pass_research_gate(ask: Ask) -> str | None:
    """Before the first meeting, where the place wants it."""
    if ask.subject.stage != "research" or not _asks_party(ask) or _research_approved(ask):
        return None
    return _("In this place the Party committee approves the field research first.")
