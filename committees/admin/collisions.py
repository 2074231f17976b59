"""Two people in one record of a list: the second is told what changed, and loses nothing typed.

Each form carries a print of what its writer saw. When the stored record differs from it on
saving, nothing is written; the form comes back as it was typed, with the stored values beside it,
and saving it again is then a choice.
"""

from __future__ import annotations

from django import forms
from django.db import models
from django.forms.models import InlineForeignKeyField
from django.shortcuts import get_object_or_404

from committees.sealed import SealedCharField, indexes, masked
from committees.seen import SEEN, difference, digest, give_back


class SeenForm(forms.ModelForm):
    """A change form that refuses to overwrite what its writer has not seen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial[SEEN] = print_of(self.instance, self._watched())

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.is_bound:
            self._refuse_unseen()
        return cleaned

    def _refuse_unseen(self) -> None:
        """Under a row lock where the database has one; SQLite lets one writer in at a time."""
        rows = type(self.instance)._base_manager.select_for_update()
        stored = get_object_or_404(rows, pk=self.instance.pk)
        now = print_of(stored, self._watched())
        if self.cleaned_data.get(SEEN) == now:
            return
        give_back(self, now=now, differences=self._differences(stored))

    def _differences(self, stored: models.Model) -> list[str]:
        """What the record holds now, for each field where something else was typed."""
        told = []
        for name in self._watched():
            kept = self.fields[name].prepare_value(stored._meta.get_field(name)
                                                   .value_from_object(stored))  # fmt: skip
            if self.fields[name].has_changed(kept, self.data.get(self.add_prefix(name))):
                told.append(difference(self.fields[name].label, _shown(stored, name)))
        return told

    def _watched(self) -> list[str]:
        """The columns this form writes; the record above is added to a row after it was made."""
        columns = {field.name for field in self._meta.model._meta.concrete_fields}
        above = {
            name for name, box in self.fields.items() if isinstance(box, InlineForeignKeyField)
        }
        return sorted(columns & self.fields.keys() - above - {self._meta.model._meta.pk.name})


def print_of(record: models.Model, names: list[str]) -> str:
    """A digest of what these columns hold."""
    fields = [record._meta.get_field(name) for name in names]
    values = "\x1f".join(_kept(record, field) for field in fields)
    return digest(values)


def _kept(record: models.Model, field: models.Field) -> str:
    """Of a sealed number the keyed hash: a digest of the number itself could be guessed back."""
    if isinstance(field, SealedCharField):
        return next(iter(indexes(field.value_from_object(record))), "")
    return str(field.value_to_string(record))


def _shown(record: models.Model, name: str) -> str:
    if isinstance(record._meta.get_field(name), SealedCharField):
        return masked(getattr(record, name))
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    return "" if value is None else str(value)


def watching(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """The form, with the print of what its writer saw."""
    return type(f"Seen{form.__name__}", (SeenForm, form), {})
