"""The members who took part, as boxes to tick; nobody has to be ticked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from committees.models import Member
from consultations.models import Case
from consultations.selectors.members import MOST, members_for


class MembersField(forms.ModelMultipleChoiceField):
    """What is sent has to be among the members offered."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any):
        super().__init__(queryset=Member.objects.none(), required=False, **kwargs)

    def offer(self, rows: QuerySet[Member]) -> None:
        """Offer these, read once."""
        self.queryset = rows
        self.choices = [(member.pk, str(member)) for member in rows[:MOST]]


def offer_members(form: forms.Form, case: Case) -> None:
    """The members to tick; where the place has none on record, there is nothing to ask."""
    field = form.fields["members"]
    field.offer(members_for(case))
    if not field.choices:
        del form.fields["members"]


def with_names(members: Iterable[Member], others: str, *, most: int = 200) -> str:
    """Who took part, as one line: the members ticked, then whoever else was written."""
    names = [member.name for member in members if member.name not in others]
    return "、".join(filter(None, [*names, others.strip()]))[:most]
