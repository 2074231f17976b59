"""Grids of rows that work without JavaScript: more rows, a copied row, and nothing typed is lost.

A row has a hidden `id` (of the record it changes) and, from the formset, `DELETE`. Asking for
more rows sends the whole form back; the answer is the same form, unchecked, with more rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

MOST = 60
MORE = 5
NOTHING: Mapping[str, int] = MappingProxyType({})
ROW = re.compile(r"(?P<rows>[a-z]+(?:-\d{1,3}-[a-z]+)?)-(?P<number>\d{1,3})")
ROWS = re.compile(r"[a-z]+(?:-\d{1,3}-[a-z]+)?")


class RowForm(forms.Form):
    """One row of a grid."""

    use_required_attribute = False

    id = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label)

    def hold(self, record: Any, *names: str) -> None:
        """Keep these cells as they are on record: what is sent for them is ignored."""
        for name in names:
            self.fields[name].disabled = True
            self.initial[name] = getattr(record, name)

    @property
    def is_blank(self) -> bool:
        """A row nobody filled in, or one that stands as it was frozen."""
        return not self.has_changed()

    @property
    def is_gone(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get("DELETE"))

    def row(self) -> dict[str, Any]:
        """The row as the services take it."""
        known = {"id": self.cleaned_data.get("id") or self.initial.get("id")}
        if self.is_gone:
            return known | {"delete": True}
        kept = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        return kept | known


class Rows(BaseFormSet):
    """A grid whose every box has a name, the one that removes a row too.

    A row that was only asked for is not in the data yet; it opens with what its boxes start with,
    as a row of the first page does.
    """

    def __init__(self, data=None, *args: Any, **kwargs: Any):
        super().__init__(data, *args, **kwargs)
        if self.is_bound:
            self.data = self._opened(self.data)

    def _opened(self, data: MultiValueDict) -> MultiValueDict:
        sent = {key.rpartition("-")[0] for key in data}
        rows = [self.add_prefix(place) for place in range(self.total_form_count())]
        if not (fresh := [row for row in rows if row not in sent]):
            return data
        starts = {name: field.initial for name, field in self.form.base_fields.items()}
        opened = data.copy()
        for row in fresh:
            for name, start in starts.items():
                if start is not None:
                    opened[f"{row}-{name}"] = str(start)
        return opened

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].widget.attrs["aria-label"] = _("remove")


def rows_of(form: type[RowForm], *, extra: int = 0) -> type[BaseFormSet]:
    return formset_factory(
        form,
        formset=Rows,
        extra=extra,
        can_delete=True,
        max_num=MOST,
        absolute_max=MOST,
        validate_max=True,
    )


def written(formset: BaseFormSet) -> list[dict[str, Any]]:
    """The filled rows of a valid formset, in order; a new row that was ticked away is left out."""
    rows = [form.row() for form in formset.forms if not form.is_blank]
    return [row for row in rows if row["id"] or not row.get("delete")]


def first_wrong(rows: Iterable[forms.Form]) -> str:
    """The id of the first box on the page with a message beside it; empty when there is none."""
    for row in rows:
        for box in row.visible_fields():
            if box.errors:
                return box.id_for_label
    return ""


def total(data: MultiValueDict | dict, prefix: str) -> int:
    text = str(data.get(f"{prefix}-TOTAL_FORMS", "0"))
    return min(int(text), MOST) if text.isdecimal() and len(text) < 5 else 0


def open_rows(data: MultiValueDict, prefix: str, count: int) -> None:
    """Make room for `count` rows in a formset, with its management form."""
    data[f"{prefix}-TOTAL_FORMS"] = str(min(count, MOST))
    data.setdefault(f"{prefix}-INITIAL_FORMS", "0")


def with_more(
    data: MultiValueDict, prefix: str, *, count: int = MORE, below: Mapping[str, int] = NOTHING
) -> MultiValueDict:
    """The same form with more empty rows in one of its grids.

    `below` names the grids that stand below each new row, with the rows these open with.
    """
    more = data.copy()
    if not ROWS.fullmatch(prefix) or f"{prefix}-TOTAL_FORMS" not in data:
        return more
    before = total(data, prefix)
    open_rows(more, prefix, before + count)
    for place in range(before, total(more, prefix)):
        for name, rows in below.items():
            open_rows(more, f"{prefix}-{place}-{name}", rows)
    return more


def with_copy(data: MultiValueDict, row: str, **changed: str) -> MultiValueDict:
    """The same form with one row repeated at the end of its grid; `changed` differs in the copy."""
    copied = data.copy()
    match = ROW.fullmatch(row)
    if match is None or f"{match['rows']}-TOTAL_FORMS" not in data:
        return copied
    prefix, place = match["rows"], total(data, match["rows"])
    if place >= MOST:
        return copied
    open_rows(copied, prefix, place + 1)
    for key in list(data):
        name = key.removeprefix(f"{row}-")
        if name != key and name not in ("id", "DELETE") and "-" not in name:
            copied[f"{prefix}-{place}-{name}"] = changed.get(name, data[key])
    return copied
