"""Form fields that several forms use: words one can see, native date inputs, days gone by."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.numbers import without_numbers
from consultations import uploads
from consultations.forms.days import NoSuchDay, read_day
from consultations.models import TopicField

# Letters without width, marks that turn the direction of a line, and the mark of byte order.
TWO_YEARS = dt.timedelta(days=731)
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def seen(text: str) -> str:
    """What can be seen of a text, without the blanks around it."""
    return UNSEEN.sub("", text).strip()


class TextField(forms.CharField):
    """Words somebody typed; what nobody can see is left out, and is not an answer either.

    Mobile and id numbers stand nowhere in free words: there is a sealed place for them.
    """

    default_validators = [without_numbers]

    def to_python(self, value):
        return super().to_python(seen(value) if isinstance(value, str) else value)


class TokenField(forms.CharField):
    """A key that the page itself wrote. Nobody typed it, so its digits are no phone number."""

    widget = forms.HiddenInput

    def __init__(self, *, max_length: int = 64, **kwargs: Any):
        super().__init__(max_length=max_length, required=False, **kwargs)


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of day and time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    """A day, also as people write it: 11月20日 is one of this year."""

    widget = DayInput

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return read_day(seen(value)) or super().to_python(seen(value))
        except NoSuchDay:
            raise ValidationError(_("There is no such day."), code="no_such_day") from None


class PastDayField(DayField):
    """A day that is not in the future."""

    def validate(self, value):
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError(_("The date is not in the future."), code="future")


class MomentField(forms.DateTimeField):
    widget = MomentInput


class MeetingMomentField(MomentField):
    """When a meeting begins: at most two years ahead."""

    def validate(self, value):
        super().validate(value)
        if value and value > timezone.now() + TWO_YEARS:
            raise ValidationError(_("A meeting is at most two years ahead."), code="too_far")


class PhotoField(forms.FileField):
    """A picture that goes with a step, never needed; cleans to what may be kept."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self, **kwargs: Any):
        told = {
            "label": gettext_lazy("photo"),
            "help_text": gettext_lazy("At most 10 MB. Where it was taken is not kept."),
            "required": False,
        }
        super().__init__(**told | kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        try:
            return uploads.checked_photo(upload) if upload else None
        except uploads.BadUpload as refused:
            raise ValidationError(refused.reason) from None


class TopicFieldChoice(forms.ModelChoiceField):
    """What a case is about: a field, and set in below it those that belong to it."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            queryset=TopicField.objects.none(), empty_label="—", label=gettext_lazy("field"),
            required=False, **kwargs,
        )  # fmt: skip

    def label_from_instance(self, obj: Model) -> str:
        return cast(TopicField, obj).indented


class PaperField(forms.FileField):
    """A scan or document that goes with a step, never needed; cleans to what may be kept."""

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        try:
            return uploads.checked(upload) if upload else None
        except uploads.BadUpload as refused:
            raise ValidationError(refused.reason) from None


class EvidenceField(PaperField):
    """Whatever shows what somebody found: a photo, a document, notes of a talk; never needed."""

    widget = forms.FileInput(attrs={"accept": ",".join(uploads.TYPES)})

    def __init__(self, **kwargs: Any):
        told = {
            "label": gettext_lazy("evidence"),
            "help_text": gettext_lazy(
                "A photo, a document or notes of a talk (JPG, PNG, WEBP, PDF, DOCX, XLSX), at most "
                "10 MB. Where a photo was taken is not kept."
            ),
            "required": False,
        }
        super().__init__(**told | kwargs)


class PickField(forms.TypedChoiceField):
    """A select over `records` that were read once for the whole page; cleans to a record or None."""

    def __init__(self, **kwargs: Any):
        super().__init__(empty_value=None, **kwargs)
        self.records = ()

    @property
    def records(self) -> Iterable[Model]:
        return self._records.values()

    @records.setter
    def records(self, records: Iterable[Model]) -> None:
        self._records = {str(record.pk): record for record in records}
        self.choices = with_blank((key, str(record)) for key, record in self._records.items())

    def to_python(self, value):
        return super().to_python(self.prepare_value(value))

    def _coerce(self, value):
        return self._records.get(value)

    def prepare_value(self, value):
        return str(value.pk) if isinstance(value, Model) else value

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data or "")


def text_area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def with_blank(choices) -> list[tuple[str, str]]:
    """The choices of a select, an empty one first."""
    return [("", _("Please choose")), *choices]
