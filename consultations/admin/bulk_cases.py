"""What can be done to many cases at once: who is in charge, who helps, field, brand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.admin.access import grants_held
from committees.admin.bulk import Bulk
from committees.grants import EDITORS, grants_of
from consultations.forms.bulk import ChoiceForm, PersonForm
from consultations.models import TopicField
from consultations.permissions import may_edit, roles_on
from consultations.selectors.places import campaigns_to_log_under, people_of
from consultations.selectors.wording import names_once
from consultations.services import records, staffing
from consultations.workflow.engine import Refused


class OfCases(Bulk):
    related = ("region", "owner", "field", "campaign")

    @classmethod
    def is_offered(cls, request) -> bool:
        return any(grant.role in EDITORS for grant in grants_held(request))

    def title_of(self, case):
        return f"{case.code} {case.title}"

    def detail_of(self, case):
        return _("in charge: %s") % (case.owner or "—")

    def state_of(self, case):
        return names_once(self.request).of_case(case)

    def objections(self, case, data):
        if may_edit(self.request.user, case, grants=grants_held(self.request)) is None:
            return [_("You may not change this record.")]
        return [] if data is None else self.against(case, data)

    def against(self, case, data) -> list[str]:
        return []

    def take(self, picked, data):
        try:
            return self.change(picked, data)
        except Refused as refused:
            return refused.reasons

    def change(self, picked, data) -> list[str]:
        raise NotImplementedError


class OfPeople(OfCases):
    """About a person, whose grants are read once for all the rows."""

    def make_form(self, data):
        return PersonForm(data, people=people_of(grants_held(self.request)))

    def load(self, rows):
        return list(rows.select_related(*self.related).prefetch_related("helpers"))

    @cached_property
    def grants_of_the_chosen(self) -> dict:
        return {}

    def strange(self, case, person) -> list[str]:
        """Why somebody cannot work on a case: no role over it."""
        known = self.grants_of_the_chosen
        if person.pk not in known:
            known[person.pk] = grants_of(person)
        if roles_on(person, case, grants=known[person.pk]):
            return []
        return [_("%s has no role in this place.") % person]


class NameOwner(OfPeople):
    name, label = "owner", gettext_lazy("Name the person in charge")

    def against(self, case, data):
        if case.owner_id == data["person"].pk:
            return [_("%s is in charge already.") % data["person"]]
        return self.strange(case, data["person"])

    def text(self, case, data):
        return _("in charge: %s") % data["person"]

    def change(self, picked, data):
        staffing.name_owner(
            picked.record, by=self.request.user, owner=data["person"], version=picked.version
        )
        return []


class AddHelper(OfPeople):
    name, label = "add_helper", gettext_lazy("Add a co-worker")

    def against(self, case, data):
        if data["person"] in case.helpers.all():
            return [_("%s is a co-worker already.") % data["person"]]
        return self.strange(case, data["person"])

    def text(self, case, data):
        return _("co-worker: %s") % data["person"]

    def change(self, picked, data):
        staffing.add_helper(picked.record, by=self.request.user, helper=data["person"])
        return []


class RemoveHelper(OfPeople):
    name, label = "remove_helper", gettext_lazy("Take a co-worker off")

    def against(self, case, data):
        if data["person"] in case.helpers.all():
            return []
        return [_("%s is no co-worker.") % data["person"]]

    def text(self, case, data):
        return _("no longer: %s") % data["person"]

    def change(self, picked, data):
        staffing.remove_helper(picked.record, by=self.request.user, helper=data["person"])
        return []


class SetChoice(OfCases):
    """Puts one of the `choices` into a column of the case, or takes it away."""

    box: Any
    choices: Callable[[], Iterable[Any]]

    def make_form(self, data):
        return ChoiceForm(data, name=self.name, label=self.box, records=self.choices())

    def said(self, chosen) -> str:
        return _("%(box)s: %(chosen)s") % {"box": self.box, "chosen": chosen or "—"}

    def detail_of(self, case):
        return self.said(getattr(case, self.name))

    def against(self, case, data):
        is_there = getattr(case, self.name) == data[self.name]
        return [_("This stands there already.")] if is_there else []

    def text(self, case, data):
        return self.said(data[self.name])

    def change(self, picked, data):
        changes = {self.name: data[self.name]}
        changed = records.edit(
            picked.record, by=self.request.user, version=picked.version, changes=changes
        )
        return [] if changed else [_("This stands there already.")]


class SetField(SetChoice):
    name, label, box = "field", gettext_lazy("Set the field"), gettext_lazy("field")

    def choices(self):
        return TopicField.objects.offered()


class SetCampaign(SetChoice):
    name, label = "campaign", gettext_lazy("Set the brand or campaign")
    box = gettext_lazy("brand or campaign")

    def choices(self):
        return campaigns_to_log_under(grants_held(self.request))


CASE_ACTIONS = (NameOwner, AddHelper, RemoveHelper, SetField, SetCampaign)
