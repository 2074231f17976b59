"""What a studio's director or liaison writes: the plan, an activity, what of the norm is met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import ChecklistLine, Member, StudioActivity
from consultations.forms.fields import PastDayField, TextField, text_area, with_blank
from consultations.forms.members import MembersField
from consultations.forms.seen import SeenStart
from consultations.selectors.studio_life import PointLine

FIRST_YEAR = 2018


class PlanForm(SeenStart):
    use_required_attribute = False

    year = forms.IntegerField(label=_("year"), min_value=FIRST_YEAR)
    text = TextField(
        label=_("what is planned"),
        help_text=_("Shown on the public page of the studio. No names of residents."),
        widget=text_area(8),
        max_length=4000,
    )

    def stands(self) -> dict[str, Any]:
        return {"text": self.initial.get("text", "")}

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year + 1:
            raise forms.ValidationError(_("A plan is written for this year or the next."))
        return year


class ActivityForm(forms.Form):
    """Something the studio did that belongs to no case."""

    use_required_attribute = False

    held_on = PastDayField(label=_("held on"), initial=timezone.localdate)
    kind = forms.ChoiceField(label=_("kind"), choices=with_blank(StudioActivity.Kind.choices))
    title = TextField(label=_("title"), max_length=60)
    summary = TextField(
        label=_("what was done"),
        help_text=_("The public sees it once a second person released it."),
        widget=text_area(4),
        max_length=1000,
        required=False,
    )
    head_count = forms.IntegerField(
        label=_("how many came"), min_value=0, max_value=100_000, required=False
    )
    members = MembersField(label=_("members there"))

    def __init__(self, data: Any = None, *, members: QuerySet[Member]):
        super().__init__(data)
        self.fields["members"].offer(members)
        if not self.fields["members"].choices:
            del self.fields["members"]


class ChecklistForm(SeenStart):
    """A box and a note for each point of the norm."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, points: Sequence[PointLine]):
        super().__init__(data)
        self.points = points
        for point in points:
            mark, key = point.mark, point.line.pk
            self.fields[f"met_{key}"] = forms.BooleanField(
                label=str(point.line), required=False, initial=bool(mark and mark.is_met)
            )
            self.fields[f"note_{key}"] = TextField(
                label=_("note"), max_length=200, required=False, initial=mark.note if mark else ""
            )

    def boxes(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, PointLine]]:
        for point in self.points:
            key = point.line.pk
            yield self[f"met_{key}"], self[f"note_{key}"], point

    def rows(self) -> list[tuple[ChecklistLine, bool, str]]:
        cleaned = self.cleaned_data
        return [
            (p.line, cleaned[f"met_{p.line.pk}"], cleaned[f"note_{p.line.pk}"]) for p in self.points
        ]
