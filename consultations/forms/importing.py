"""A table of people or units: chosen as a file, then carried along, sealed, until it is confirmed."""

from __future__ import annotations

import json
import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import User
from committees.sealed import Unreadable, seal, unseal
from committees.services.imports.columns import BadTable, Row, read_rows
from consultations.exchange.tables import read_table

PURPOSE = "people-import"
GOOD_FOR = 2 * 60 * 60  # seconds
MOST_LETTERS = 2_000_000


class TableForm(forms.Form):
    """Cleans to the rows of the table."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("table"),
        help_text=_("XLSX or CSV, with the headings of the template. Nothing is written yet."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Please choose a file."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args, kind: str, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)

    def clean_file(self) -> list[Row]:
        try:
            return read_rows(self.kind, read_table(self.cleaned_data["file"]))
        except BadTable as refused:
            raise ValidationError(refused.reason) from None


def packed(kind: str, rows: list[Row], *, by: User) -> str:
    """The rows as they were looked at: readable by nobody else, good for a while, for one person."""
    told = {"kind": kind, "by": by.pk, "token": secrets.token_hex(16),
            "at": timezone.now().timestamp(),
            "rows": [[row.number, row.cells] for row in rows]}  # fmt: skip
    return seal(json.dumps(told, ensure_ascii=False), purpose=PURPOSE)


def unpacked(text: str, *, kind: str, by: User) -> tuple[list[Row], str] | None:
    """The rows and the token of the page; None for what is old, of another person, or no such."""
    if not 0 < len(text) <= MOST_LETTERS:
        return None
    try:
        told = json.loads(unseal(text, purpose=PURPOSE))
    except (Unreadable, ValueError):
        return None
    fresh = timezone.now().timestamp() - told["at"] < GOOD_FOR
    if not fresh or (told["kind"], told["by"]) != (kind, by.pk):
        return None
    return [Row(number, cells) for number, cells in told["rows"]], told["token"]
