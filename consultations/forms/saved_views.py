"""The name of a view of a list, its columns, and who finds it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Region
from consultations.forms.fields import TextField


class ViewForm(forms.Form):
    """`columns` are those the list offers to this person; `place` is where it may be shared."""

    use_required_attribute = False

    name = TextField(label=_("name of the view"), max_length=20)
    columns = forms.MultipleChoiceField(
        label=_("columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one column.")},
    )
    is_shared = forms.BooleanField(required=False)
    is_default = forms.BooleanField(label=_("open the list with this view"), required=False)

    def __init__(self, *args, columns: list[tuple[str, str]], place: Region | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place
        self.fields["columns"].choices = columns
        if place is None:
            del self.fields["is_shared"]
        else:
            self.fields["is_shared"].label = _("share it with the colleagues of %s") % place

    @property
    def given(self) -> dict[str, object]:
        """What the service takes; the columns in the order of the list."""
        data = self.cleaned_data
        chosen = [
            name for name, _label in self.fields["columns"].choices if name in data["columns"]
        ]
        shared = self.place if data.get("is_shared") else None
        return {"name": data["name"], "columns": chosen, "shared_in": shared,
                "is_default": data["is_default"]}  # fmt: skip
