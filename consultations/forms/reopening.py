"""Taking a case up again: what did not hold, on which ground."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.steps import StepForm
from consultations.models import AgreedItem, Case, Commitment, Task


class DidNotHold(forms.Form):
    """What of a case did not hold: offered is what has ended: tasks, checked promises, and items
    that had neither."""

    named = ("tasks", "commitments", "agreed_items")
    tasks = forms.ModelMultipleChoiceField(
        label=_("tasks taken up again"),
        queryset=Task.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    commitments = forms.ModelMultipleChoiceField(
        label=_("promises that did not hold"),
        help_text=_("They are open again and have to be checked anew."),
        queryset=Commitment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed_items = forms.ModelMultipleChoiceField(
        label=_("agreed items that did not hold"),
        help_text=_(
            "Add a task or a promise to the item afterwards, or confirm it as settled again."
        ),
        queryset=AgreedItem.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def offer(self, case: Case) -> None:
        """Only what this very case has."""
        ended = case.tasks.filter(state__in=("verified", "tracked", "explained"))
        checked = Commitment.objects.filter(item__case=case).exclude(state=Commitment.State.OPEN)
        bare = case.items.filter(tasks=None, commitments=None, dropped_reason="")
        for name, rows in (
            ("tasks", ended.order_by("item__number", "number", "pk")),
            ("commitments", checked.select_related("item").order_by("item__number", "pk")),
            ("agreed_items", bare.order_by("number", "pk")),
        ):
            self.fields[name].queryset = rows
            if not rows.exists():
                del self.fields[name]

    def chosen(self) -> dict[str, Any]:
        return {name: list(self.cleaned_data.get(name) or []) for name in self.named}

    @property
    def first_offered(self) -> str | None:
        return next((name for name in self.named if name in self.fields), None)


class ReopenForm(DidNotHold, StepForm):
    """Taken up again, on a ground."""

    ground = forms.ChoiceField(
        label=_("ground"),
        choices=[
            ("dissatisfied", _("Residents are dissatisfied, with reasons")),
            ("false", _("Found not to be done")),
            ("relapse", _("The problem came back")),
        ],
    )
    field_order = ("ground", *DidNotHold.named)

    def prepare(self) -> None:
        self.offer(self.subject)
        shown = self.first_offered
        self.beside = {"name_what_did_not_hold": shown} if shown else {}

    def captured(self) -> dict[str, Any]:
        return {"ground": self.cleaned_data.get("ground", "")} | self.chosen()
