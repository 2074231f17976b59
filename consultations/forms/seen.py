"""Two people in one form: the second is told what stands there now, and loses nothing typed.

A case and its tasks carry a version, and the forms of the lists their own print
(committees.admin.collisions). `SeenStart` is for the other forms that write over something: each
carries a print of what its writer saw. A page that shows one reads what stands, compares and saves within
`web.one_writer`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from committees.seen import SEEN, difference, digest, give_back
from consultations.permissions import Subject
from consultations.selectors.moves import last_change, who_and_when
from consultations.services.steps import JustChanged
from consultations.workflow.engine import Refused


class SeenStart(forms.Form):
    """A form that starts with what is stored, and does not write over what nobody saw."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def stands(self) -> dict[str, Any]:
        """What the record holds now of that which this form writes."""
        return {
            name: field.prepare_value(super(SeenStart, self).get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name != SEEN
        }

    def get_initial_for_field(self, field, field_name):
        if field_name == SEEN:
            return self.print_now()
        return super().get_initial_for_field(field, field_name)

    def print_now(self) -> str:
        """A digest of it; empty where nothing stands that could be lost."""
        found = sorted((name, str(value)) for name, value in self.stands().items() if value)
        return digest(repr(found)) if found else ""

    def clean(self):
        cleaned = super().clean()
        cleaned.pop(SEEN, None)  # not for the service
        now, name = self.print_now(), self.add_prefix(SEEN)
        if now and self.data.get(name, "") != now:
            give_back(self, now=now, differences=now_reads(self, self.stands()))
        return cleaned


def now_reads(form: forms.Form, stands: Mapping[str, Any] = MappingProxyType({})) -> list[str]:
    """What the record holds, for each box where something else was typed.

    `stands` tells it where the boxes do not start with it.
    """
    told = []
    for box in form.visible_fields():
        if box.name not in stands and box.name not in form.initial:
            continue
        stored = stands.get(box.name, box.initial)
        typed = box.field.widget.value_from_datadict(form.data, form.files, box.html_name)
        if not isinstance(box.field, forms.FileField) and box.field.has_changed(stored, typed):
            told.append(difference(box.label, _shown(box, stored)))
    return told


def _shown(box: forms.BoundField, value: Any) -> str:
    stored = box.field.prepare_value(value)
    if isinstance(box.field, forms.BooleanField):
        return str(_("yes") if stored else _("no"))
    if stored in (None, ""):
        return ""
    choices = {str(key): label for key, label in getattr(box.field, "choices", ())}
    return str(choices.get(str(stored), stored))


def reasons_of(refused: Refused, subject: Subject) -> list[str]:
    """The reasons of a refusal; after a change by somebody else also who did what, and when."""
    reasons = list(refused.reasons)
    last = last_change(subject) if isinstance(refused, JustChanged) else None
    if last:
        reasons.append(
            _("The last change: “%(step)s” by %(who)s on %(when)s. What you typed is still here; "
              "saving again keeps your version.") % who_and_when(last)
        )  # fmt: skip
    return reasons
