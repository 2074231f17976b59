"""Taking a case up again: what did not hold, on which ground."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.steps import StepForm
from consultations.models import AgreedItem, Commitment, Task


class ReopenForm(StepForm):
    """Offers what has ended: tasks, checked promises, and items that had neither."""

    named = ("tasks", "commitments", "agreed_items")
    ground = forms.ChoiceField(
        label=_("ground"),
        choices=[
            ("dissatisfied", _("Residents are dissatisfied, with reasons")),
            ("false", _("Found not to be done")),
            ("relapse", _("The problem came back")),
        ],
    )
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

    def prepare(self) -> None:
        case = self.subject
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
        shown = next((name for name in self.named if name in self.fields), None)
        self.beside = {"name_what_did_not_hold": shown} if shown else {}

    def captured(self) -> dict[str, Any]:
        chosen = {name: list(self.cleaned_data.get(name) or []) for name in self.named}
        return {"ground": self.cleaned_data.get("ground", "")} | chosen
