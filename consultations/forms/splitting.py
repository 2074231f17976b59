"""The form of a split: what the new topic is about, and what it takes along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import TextField, text_area
from consultations.forms.steps import StepForm
from consultations.models import AgreedItem, Side
from consultations.selectors.items import items_to_split_off


class SplitForm(StepForm):
    beside = {"name_split": "title"}
    needed = ("title", "problem")

    title = TextField(label=_("title of the new topic"), max_length=60, required=False)
    problem = TextField(
        label=_("its part of the problem"),
        help_text=_("The text of this case stays as it is; change it afterwards where needed."),
        widget=text_area(5),
        max_length=4000,
        required=False,
    )
    sides = forms.ModelMultipleChoiceField(
        label=_("sides that it concerns"),
        queryset=Side.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    items = forms.ModelMultipleChoiceField(
        label=_("agreed items that go along"),
        queryset=AgreedItem.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def prepare(self) -> None:
        self.fields["sides"].queryset = self.subject.sides.order_by("pk")
        self.fields["items"].queryset = items = items_to_split_off(self.subject)
        if not items.exists():
            del self.fields["items"]

    def captured(self) -> dict[str, Any]:
        typed = {name: self.cleaned_data.get(name, "") for name in ("title", "problem")}
        chosen = {name: list(self.cleaned_data.get(name) or ()) for name in ("sides", "items")}
        return {"split": typed | chosen}
