"""A member recommends a topic 委员荐题: few words, a place, and what is similar is shown first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.lookups import LookupField
from committees.models import Member, Region, RoleGrant
from consultations.forms.fields import (
    TextField,
    TokenField,
    TopicFieldChoice,
    text_area,
    with_blank,
)
from consultations.models import Sensitivity, TopicField
from consultations.privacy import findings
from consultations.selectors.places import regions_to_log_in


class RecommendForm(forms.Form):
    """The place is that of the member's studio until another one is written."""

    use_required_attribute = False

    member = forms.ModelChoiceField(
        label=_("acting for"), queryset=Member.objects.none(), empty_label=None
    )
    title = TextField(label=_("Say it in one sentence"), max_length=60)
    problem = TextField(
        label=_("the problem"),
        help_text=_("Since when, whom it concerns, what has been tried. No names of residents."),
        widget=text_area(6),
        max_length=4000,
    )
    wish = TextField(
        label=_("what is asked for"), widget=text_area(2), max_length=1000, required=False
    )
    region = LookupField(
        queryset=Region.objects.none(),
        label=_("place"),
        help_text=_("Name, pinyin or initials of the township or village."),
        max_length=80,
    )
    place = TextField(label=_("village or spot"), max_length=60, required=False)
    field = TopicFieldChoice()
    sensitivity = forms.ChoiceField(
        label=_("sensitivity"), choices=with_blank(Sensitivity.choices), required=False
    )
    shown = TokenField()

    def __init__(
        self, data: Any = None, *, grants: Iterable[RoleGrant], members: QuerySet[Member],
        region: Region | None = None,
    ):  # fmt: skip
        super().__init__(data, initial={"region": region, "sensitivity": Sensitivity.NORMAL})
        self.fields["region"].queryset = regions_to_log_in(grants)
        self.fields["field"].queryset = TopicField.objects.offered()
        choice = self.fields["member"]
        choice.queryset = members
        mine = list(members[:2])
        choice.initial = mine[0].pk if mine else None
        if len(mine) < 2:
            choice.widget, choice.required = forms.HiddenInput(), bool(mine)

    def clean(self):
        """What would give a resident away is not kept in a topic either."""
        for name in ("title", "problem", "wish", "place"):
            if found := findings(self.cleaned_data.get(name) or ""):
                told = gettext("This holds %(what)s. Please take it out: nobody needs it here.")
                self.add_error(name, ValidationError(told % {"what": "、".join(found)}))
        return self.cleaned_data

    @property
    def text(self) -> str:
        """What similar cases are looked for with."""
        return f"{self.data.get('title', '')} {self.data.get('problem', '')}".strip()[:200]

    def fields_of_case(self) -> dict[str, Any]:
        typed = {n: v for n, v in self.cleaned_data.items() if n not in ("member", "shown")}
        return typed | {"source": "member", "recommended_by": self.cleaned_data["member"]}
