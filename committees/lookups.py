"""One text box that names a record: by name, pinyin, initials or code; works without JavaScript.

The browser offers the choices of a `<datalist>`; what was typed is resolved on the server, and
when several records fit, the message lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from committees.models import (
    ChecklistLine,
    Committee,
    HandlingUnit,
    Member,
    Region,
    SpecialCommittee,
    Studio,
    User,
)

OFFERED = 200  # choices written into the page
NAMED = 6  # choices named in a message
CODE = re.compile(r"[（(]([^（()）]+)[)）]\s*$")

# model: (field that tells two of the same name apart, fields that name it, further keys)
KEYS: dict[type[Model], tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    Region: ("code", ("name", "short_name"), ("pinyin", "initials")),
    User: ("username", ("display_name",), ()),
    HandlingUnit: ("", ("name",), ("code",)),
    Studio: ("", ("name",), ("code",)),
    Committee: ("", ("short_name", "name"), ()),
    Member: ("", ("name",), ("pinyin",)),
    SpecialCommittee: ("", ("name",), ()),
    ChecklistLine: ("", ("text",), ()),
}


def keys_of(model: type[Model]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What a model without a line in `KEYS` has: a title or a name, and a code where it has one."""
    if model in KEYS:
        return KEYS[model]
    if hasattr(model, "title"):
        return "code" if hasattr(model, "code") else "", ("title",), ()
    return "", ("name",), ("code",) if hasattr(model, "code") else ()


def text_of(record: Model) -> str:
    """How a record is written in the box; reading it back finds the same record."""
    apart, names, _keys = keys_of(type(record))
    name = next((getattr(record, n) for n in names if getattr(record, n)), str(record))
    return f"{name}（{getattr(record, apart)}）" if apart else name


def resolve(queryset: QuerySet, text: str) -> list[Model]:
    """The records that a text may mean: exact ones if there are any, otherwise those it is in."""
    apart, names, keys = keys_of(queryset.model)
    if apart and (match := CODE.search(text)):
        return list(queryset.filter(**{apart: match[1].strip()})[:1])
    exact = Q(**{apart: text}) if apart else Q()
    for name in (*names, *keys):
        exact |= Q(**{f"{name}__iexact": text.replace(" ", "")}) | Q(**{name: text})
    return list(queryset.filter(exact).order_by("pk")[: NAMED + 1]) or search(queryset, text)


def search(queryset: QuerySet, text: str, *, limit: int = NAMED + 1) -> list[Model]:
    """Records whose name holds the text, or whose pinyin, initials or code begin with it."""
    apart, names, keys = keys_of(queryset.model)
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__icontains": text})
    for key in (*keys, apart):
        if key:
            found |= Q(**{f"{key}__istartswith": text.replace(" ", "")})
    return list(queryset.filter(found).order_by("pk")[:limit])


class LookupInput(forms.TextInput):
    """A text box with a list of choices: its own, or (`list_id`) one that the page draws once.

    It does not forbid `autocomplete`: whoever goes back finds what was typed, as in other boxes.
    """

    def __init__(self, attrs=None, *, options: Iterable[Model] = (), list_id: str = ""):
        super().__init__(attrs)
        self.options, self.list_id = options, list_id

    def get_context(self, name, value, attrs):
        attrs = {**(attrs or {}), "list": self.list_id or f"list-{name}"}
        return super().get_context(name, value, attrs)

    def render(self, name, value, attrs=None, renderer=None):
        box = super().render(name, value, attrs, renderer)
        return box if self.list_id else box + datalist(f"list-{name}", self.options)


def datalist(list_id: str, options: Iterable[Model]):
    """The choices as HTML; pinyin and initials stand in the label, where browsers search too."""
    rows = ((text_of(record), hint_of(record)) for record in options)
    choices = format_html_join("", '<option value="{}" label="{}"></option>', rows)
    return format_html('<datalist id="{}">{}</datalist>', list_id, choices)


def hint_of(record: Model) -> str:
    keys = [key for key in keys_of(type(record))[2] if key != "code"]
    return " ".join(filter(None, (getattr(record, key) for key in keys)))


class LookupField(forms.CharField):
    """Cleans to a record of `queryset`, or None. The queryset is the scope: others do not exist."""

    widget = LookupInput

    def __init__(self, *, queryset: QuerySet, offer: bool = True, **kwargs):
        self.offer = offer
        super().__init__(**kwargs)
        self.queryset = queryset

    @property
    def queryset(self) -> QuerySet:
        return self._queryset

    @queryset.setter
    def queryset(self, queryset: QuerySet) -> None:
        self._queryset = queryset
        if self.offer and isinstance(self.widget, LookupInput):
            self.widget.options = queryset.order_by("pk")[:OFFERED]

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied.queryset = self._queryset.all()
        return copied

    def to_python(self, value):
        if isinstance(value, Model):
            return value
        text = super().to_python(value)
        if not text:
            return None
        found = self.find(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("“%s” was not found; choose from the list.") % text)
        names = "、".join(text_of(record) for record in found[:NAMED])
        raise ValidationError(_("Several fit “%(text)s”: %(names)s. Write one of them in full.")
                              % {"text": text, "names": names})  # fmt: skip

    def find(self, text: str) -> list[Model]:
        return resolve(self._queryset, text)

    def validate(self, value):
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """The value is a record by now; checks on text mean nothing."""

    def prepare_value(self, value):
        """A key from the record is written as its name; one that was typed only inside the scope."""
        if isinstance(value, Model):
            return text_of(value)
        found = None
        if isinstance(value, int):
            found = self._queryset.model._default_manager.filter(pk=value).first()
        elif isinstance(value, str) and value.isdecimal() and len(value) < 19:
            found = self._queryset.filter(pk=value).first()
        return text_of(found) if found else value

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data or "").strip()
