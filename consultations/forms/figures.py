"""Small grids of a case: its sides, its outcome figures, its funds, what the media told."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDateFormField
from consultations.forms.fields import PastDayField, TextField
from consultations.forms.grid import RowForm
from consultations.models import Exactness


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SideRow(RowForm):
    name = TextField(label=_("side"), max_length=40)
    interest = TextField(label=_("what is at stake"), max_length=200, required=False)


class MetricRow(RowForm):
    heading = _("Figures that show the result")

    name = TextField(label=_("what is measured"), max_length=60)
    before = forms.DecimalField(label=_("before"), max_digits=14, decimal_places=2, required=False)
    after = forms.DecimalField(label=_("after"), max_digits=14, decimal_places=2, required=False)
    unit = TextField(label=_("unit"), max_length=12)
    exactness = forms.ChoiceField(
        label=_("exactness"), choices=Exactness.choices, initial=Exactness.EXACT
    )
    measured_on = PartialDateFormField(label=_("measured"), max_length=20, required=False)
    is_headline = forms.BooleanField(label=_("show in lists"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("before") is None and cleaned.get("after") is None and not self.is_blank:
            raise ValidationError({"after": gettext("Enter at least one of before and after.")})
        return cleaned


class FundRow(RowForm):
    heading = _("Funds")

    name = TextField(label=_("funds"), max_length=80)
    granted = forms.DecimalField(
        label=_("granted (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    granted_on = PartialDateFormField(label=_("date"), max_length=20, required=False)


class WebField(forms.URLField):
    """An address that a browser opens as a page."""

    default_validators = (
        URLValidator(
            schemes=["http", "https"],
            message=_("Write an address such as https://www.example.org/news."),
        ),
    )
    default_error_messages = {
        "invalid": _("Write an address such as https://www.example.org/news.")
    }


class ReportRow(RowForm):
    """What a newspaper, a station or a site told of a meeting."""

    title = TextField(label=_("headline"), max_length=120)
    outlet = TextField(label=_("outlet"), max_length=60)
    published_on = PastDayField(label=_("published"), required=False)
    url = WebField(
        label=_("address of the report"), max_length=300, required=False, assume_scheme="https"
    )
