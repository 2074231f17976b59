"""Correct a visit: the boxes with which it was logged, and why it is corrected."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDate
from consultations.forms.after import SentOnce
from consultations.forms.case_steps import VisitForm
from consultations.forms.fields import TextField, text_area
from consultations.forms.members import offer_members, with_names
from consultations.models import FieldVisit

LOGGED = ("visited_on", "place", "method", "people_met", "members", "visitors", "findings")


class CorrectVisitForm(SentOnce):
    writes_over = True  # its boxes start with what is stored

    reason = TextField(
        label=_("why the visit is corrected"),
        help_text=_("It stands in the history, with what was written before."),
        widget=text_area(2),
        max_length=500,
    )

    def __init__(self, data=None, *, visit: FieldVisit, **kwargs: Any):
        start = {name: getattr(visit, name) for name in LOGGED if name != "members"}
        start["members"] = [member.pk for member in visit.members.order_by("pk")]
        super().__init__(data, case=visit.case, initial=start, **kwargs)
        logged = {name: deepcopy(VisitForm.base_fields[name]) for name in LOGGED}
        self.fields = logged | self.fields
        offer_members(self, visit.case)

    def clean_visited_on(self) -> PartialDate:
        day = self.cleaned_data["visited_on"]
        if day.earliest > timezone.localdate():
            raise ValidationError(gettext("The visit cannot be in the future."))
        return day

    def facts(self) -> dict[str, Any]:
        """The fields as `services.visits.correct_visit` takes them."""
        typed = {name: self.cleaned_data[name] for name in LOGGED if name in self.cleaned_data}
        return typed | {"visitors": with_names(typed.get("members", ()), typed["visitors"])}
