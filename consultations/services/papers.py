"""The papers of a case: every table that somebody writes words of it into, and its versions."""

from __future__ import annotations

from typing import Any

from django.db import models

from consultations import models as what
from consultations.models import Case

# The way from each to its case.
PAPERS: dict[type[models.Model], str] = {
    what.Case: "id", what.Side: "case", what.FieldVisit: "case", what.Meeting: "case",
    what.AgendaItem: "meeting__case", what.Participant: "meeting__case",
    what.Statement: "meeting__case", what.AgreedItem: "case", what.Milestone: "item__case",
    what.Commitment: "item__case", what.Task: "case", what.ProgressEntry: "task__case",
    what.Reply: "task__case", what.ReturnRequest: "task__case",
    what.ExtensionRequest: "task__case", what.Suspension: "task__case",
    what.AssistingOpinion: "task__case", what.Verification: "task__case",
    what.FollowUp: "case", what.Rating: "case", what.Note: "case", what.Approval: "case",
    what.OutcomeMetric: "case", what.SupervisorLink: "case", what.Suggestion: "case",
    what.Attachment: "case", what.Conversion: "case", what.LookBack: "case",
    what.KeySupervision: "case", what.Instruction: "case", what.Conference: "task__case",
    what.Settlement: "task__case", what.FirstContact: "task__case", what.Handover: "task__case",
}  # fmt: skip


def kept_rows(model: type[models.Model], case: Case) -> list[models.QuerySet[Any]]:
    """The rows of a case, and their versions where any are kept."""
    kept = [model._base_manager]
    if hasattr(model, "history"):
        kept.append(model.history)
    return [rows.filter(**{PAPERS[model]: case.pk}) for rows in kept]


def texts_of(model: type[models.Model]) -> list[str]:
    """The columns somebody writes words into."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if type(field) in (models.CharField, models.TextField)
        and not field.choices
        and not field.unique
        and field.editable
    ]
