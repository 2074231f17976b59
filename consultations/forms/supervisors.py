"""The forms around a citizen supervisor's link: handing one out, and what its holder sends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import TextField
from consultations.forms.task_steps import WitnessForm
from consultations.models import Event, SupervisorLink, Task
from consultations.privacy import findings
from consultations.services import supervisors
from consultations.workflow.engine import SUPERVISOR, Transition


class IssueForm(forms.Form):
    use_required_attribute = False

    called = TextField(
        label=_("how the person is called"),
        help_text=_("For example “Aunt Wang of group three”. No full name, no phone."),
        max_length=20,
    )
    days = forms.IntegerField(
        label=_("good for how many days"),
        initial=30,
        min_value=1,
        max_value=supervisors.LONGEST,
    )

    def clean_called(self) -> str:
        called = self.cleaned_data["called"]
        if findings(called):
            raise ValidationError(gettext("No phone or id number here, please."))
        return called


class RevokeForm(forms.Form):
    """Nothing is typed, so nothing is lost by leaving the page."""

    is_empty = True


class SupervisorForm(WitnessForm):
    """What somebody without an account found of one task; the link stands for the person."""

    def __init__(self, data=None, files=None, *, link: SupervisorLink, subject: Task,
                 row: Transition):  # fmt: skip
        self.link = link
        super().__init__(data, files, subject=subject, row=row, by=None)

    def prepare(self) -> None:
        for box in self.visible_fields():
            box.field.widget.attrs["class"] = "in"

    def clean_finding(self) -> str:
        found = self.cleaned_data["finding"]
        if told := findings(found):
            raise ValidationError(gettext("Please leave this out: %s.") % "、".join(told))
        return found

    def held(self) -> set[str]:
        return {SUPERVISOR}

    def data_for_step(self) -> dict[str, Any]:
        return super().data_for_step() | {"link": self.link}

    def take(self) -> Event:
        return supervisors.verify(
            self.link, self.subject, self.row.action, data=self.data_for_step(),
            version=self.cleaned_data["version"],
        )  # fmt: skip
