"""The form of a local name of a stage: one box for what is meant, one for the name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.fields import with_blank
from consultations.models import StageName
from consultations.models.wording import STAGES_OF
from consultations.selectors.wording import stage_names

SHORTEST, LONGEST = 2, 12
COUNTY = 6  # digits; a place below has the names of its county


def meanings() -> list[Any]:
    """Every stage of every kind, as `kind:stage`, in a group for each kind."""
    groups = [
        (label, [(f"{kind}:{value}", words) for value, words in STAGES_OF[kind].choices])
        for kind, label in StageName.Kind.choices
    ]
    return with_blank(groups)


class StageNameForm(forms.ModelForm):
    """`means` is the pair of kind and stage. Other stages keep names of their own."""

    use_required_attribute = False

    means = forms.ChoiceField(label=gettext_lazy("stage"), choices=meanings)

    class Meta:
        model = StageName
        fields = ["region", "name"]
        help_texts = {"name": gettext_lazy("2 to 12 characters. Only the word changes, no rule.")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["means"].initial = f"{self.instance.kind}:{self.instance.stage}"

    def clean_region(self):
        region = self.cleaned_data["region"]
        if len(region.pk) > COUNTY:
            raise ValidationError(_("Names are set for a county, a prefecture or the province."))
        return region

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if not SHORTEST <= len(name) <= LONGEST:
            told = {"least": SHORTEST, "most": LONGEST}
            raise ValidationError(_("A name has %(least)s to %(most)s characters.") % told)
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("A name is made of words."))
        return name

    def clean(self):
        data = super().clean()
        if "means" in data:
            self.instance.kind, _sign, self.instance.stage = data["means"].partition(":")
        if {"means", "region", "name"} <= data.keys():
            self._be_the_only_one(data["region"].pk, data["name"])
        return data

    def _be_the_only_one(self, region: str, name: str) -> None:
        kind, stage = self.instance.kind, self.instance.stage
        others = StageName.objects.filter(region=region, kind=kind, stage=stage)
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("means", _("This stage has a name here already; change that one."))
        names = stage_names(without=self.instance.pk)
        for other in names.clashes(kind, stage, region=region, name=name):
            told = {"name": name, "stage": other}
            self.add_error("name", _("%(name)s is what the stage %(stage)s is called.") % told)
