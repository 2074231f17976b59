"""Log a topic, and change what was logged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.lookups import LookupField
from committees.models import Region, RoleGrant, Studio
from committees.partial_dates import PartialDateFormField
from consultations.forms.fields import PickField, TextField, TopicFieldChoice, text_area, with_blank
from consultations.forms.seen import SeenStart
from consultations.models import Campaign, Case, CaseLink, Sensitivity, TopicField, TopicSource
from consultations.selectors.places import (
    campaigns_to_log_under,
    regions_to_log_in,
    studios_to_log_for,
)

SIDE_LENGTH = 40


class TopicForm(forms.Form):
    """The few fields with which a topic is logged."""

    use_required_attribute = False

    title = TextField(label=_("title"), max_length=60)
    problem = TextField(label=_("the problem"), widget=text_area(5), max_length=4000)
    region = LookupField(
        queryset=Region.objects.none(),
        label=_("place"),
        help_text=_("Name, pinyin or initials of the township."),
        max_length=80,
    )
    place = TextField(label=_("village or spot"), max_length=60, required=False)
    source = forms.ChoiceField(label=_("topic source"), choices=with_blank(TopicSource.choices))
    field = TopicFieldChoice()
    studio = LookupField(
        queryset=Studio.objects.none(),
        label=_("studio"),
        help_text=_("Left empty, it is your own studio. The office chooses one."),
        required=False,
        max_length=80,
    )
    campaign = forms.ModelChoiceField(
        empty_label="—",
        label=_("brand or campaign"),
        queryset=Campaign.objects.none(),
        required=False,
    )
    sensitivity = forms.ChoiceField(
        label=_("sensitivity"),
        help_text=_("Needed before submitting. Only what is not sensitive is shown to the public."),
        choices=with_blank(Sensitivity.choices),
        required=False,
    )

    def __init__(self, data=None, *, grants: Iterable[RoleGrant], **kwargs: Any):
        super().__init__(data, **kwargs)
        held = list(grants)
        self.fields["region"].queryset = regions_to_log_in(held)
        self.fields["studio"].queryset = studios_to_log_for(held)
        self.fields["campaign"].queryset = campaigns_to_log_under(held)
        self.fields["field"].queryset = TopicField.objects.offered(
            with_it=self.initial.get("field")
        )


class NewCaseForm(TopicForm):
    sides = TextField(
        label=_("interested sides"),
        help_text=_(
            "One side in each line, for example: residents upstream. A meeting needs at least two."
        ),
        widget=text_area(3),
        max_length=600,
        required=False,
    )

    def clean_sides(self) -> tuple[str, ...]:
        lines = [line.strip() for line in self.cleaned_data["sides"].splitlines()]
        names = tuple(dict.fromkeys(line for line in lines if line))
        if any(len(name) > SIDE_LENGTH for name in names):
            raise ValidationError(
                gettext("The name of a side has at most %s characters.") % SIDE_LENGTH
            )
        return names


class EditCaseForm(TopicForm):
    """Everything that was logged, with the version it was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    wish = TextField(
        label=_("what is asked for"), widget=text_area(), max_length=2000, required=False
    )
    proposer = TextField(label=_("raised by"), max_length=60, required=False)
    raised_on = PartialDateFormField(label=_("raised"), max_length=20, required=False)
    source_wording = TextField(
        label=_("local wording of the source"), max_length=40, required=False
    )
    plan = TextField(label=_("research plan"), widget=text_area(), max_length=2000, required=False)
    field_order = ["title", "problem", "wish", "region", "place", "source", "source_wording",
                   "proposer", "raised_on", "field", "studio", "campaign", "sensitivity",
                   "plan"]  # fmt: skip

    def __init__(self, data=None, *, case: Case, **kwargs: Any):
        names = [name for name in self.base_fields if name != "version"]
        start = {name: getattr(case, name) for name in names} | {"version": case.version}
        super().__init__(data, initial=start, **kwargs)

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PublicTextForm(forms.Form):
    """The one-sentence summary and the result that the public reads."""

    writes_over = True  # its boxes start with what is stored
    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    public_summary = TextField(label=_("one-sentence summary"), max_length=120)
    result = TextField(
        label=_("result, for the public"), widget=text_area(5), max_length=2000, required=False
    )


class LinkForm(forms.Form):
    use_required_attribute = False

    other = LookupField(
        queryset=Case.objects.none(),
        label=_("other case"),
        help_text=_("Number or title of the other case."),
        max_length=120,
        offer=False,
    )
    kind = forms.ChoiceField(label=_("kind"), choices=CaseLink.Kind.choices)

    def __init__(self, data=None, *, cases, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["other"].queryset = cases


class AssignForm(SeenStart):
    use_required_attribute = False

    owner = PickField(label=_("in charge"), required=False)
    helper = PickField(label=_("add a co-worker"), required=False)

    def __init__(self, data=None, *, case: Case, people, **kwargs: Any):
        self.case = case
        super().__init__(data, **kwargs)
        self.fields["owner"].records = self.fields["helper"].records = list(people)

    def stands(self) -> dict[str, Any]:
        return {"owner": str(self.case.owner_id or "")}
