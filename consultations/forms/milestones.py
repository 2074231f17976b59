"""One milestone of an agreed item: set, moved, reached, removed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import DayField, PastDayField, TextField
from consultations.models import Case, Milestone


class NewMilestoneForm(forms.Form):
    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = TextField(label=_("milestone"), max_length=80)
    due_on = DayField(label=_("due"), required=False)

    def row(self) -> dict[str, Any]:
        """The row as `services.milestones` takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class MilestoneForm(NewMilestoneForm):
    """Everything of one that stands; one that was reached is not removed."""

    writes_over = True  # its boxes start with what is stored
    done_on = PastDayField(label=_("reached on"), required=False)
    delete = forms.BooleanField(label=_("remove this milestone"), required=False)

    def __init__(self, data=None, *, milestone: Milestone, case: Case):
        start = {name: getattr(milestone, name) for name in ("title", "due_on", "done_on")}
        super().__init__(data, initial=start | {"version": case.version})
        self.milestone = milestone
        if milestone.done_on:
            del self.fields["delete"]

    def row(self) -> dict[str, Any]:
        return super().row() | {"id": self.milestone.pk}


class ReachedForm(forms.Form):
    use_required_attribute = False

    done_on = PastDayField(label=_("reached on"), required=False)
