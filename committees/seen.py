"""How the second of two writers is told of the first: for the forms of lists and of records alike.

A form carries a print of what its writer saw. Where something else stands on saving, nothing is
written; the form comes back as it was typed, with what stands beside it and the print of that:
saving it again is then a choice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

SEEN = "seen"  # the hidden box with the print


def digest(stored: str) -> str:
    """A digest of what stands."""
    return hashlib.sha256(stored.encode()).hexdigest()[:32]


def give_back(form: forms.BaseForm, *, now: str, differences: Iterable[str]) -> None:
    """Refuse the form; `now` is the print of what stands."""
    form.data = form.data.copy()
    form.data[form.add_prefix(SEEN)] = now
    told = _(
        "Somebody else changed this record after you opened it. Your "
        "words are still here; save again to keep them."
    )
    form.add_error(None, [told, *differences])


def difference(label: Any, value: str) -> str:
    """One box where something else was typed than stands."""
    return _("%(field)s now reads: %(value)s") % {"field": label, "value": value or "—"}
