"""The joint hosts of a case: a few rows below the topic, saved with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.lookups import OFFERED, LookupField, LookupInput, datalist
from committees.models import Committee, Region, RoleGrant
from consultations.forms.fields import TextField
from consultations.forms.grid import RowForm, open_rows, rows_of, written
from consultations.forms.outcome import fields_of
from consultations.models import Case, CoHost
from consultations.selectors.places import committees_to_join
from consultations.services.cases import responsible_committee
from consultations.services.hosts import why_not
from consultations.workflow.engine import Refused

PREFIX = "h"
COMMITTEES = "committees"  # the one list of choices on the page


class HostRow(RowForm):
    committee = LookupField(
        queryset=Committee.objects.none(),
        label=_("committee"),
        max_length=60,
        widget=LookupInput(list_id=COMMITTEES),
        offer=False,
    )
    part = TextField(label=_("part it takes"), max_length=60, required=False)


class HostsPart:
    """The rows of joint hosts; `is_valid`, then `rows()` for the services.

    A form that was sent without them names none, and changes none.
    """

    def __init__(
        self,
        data: MultiValueDict | None,
        *,
        grants: Iterable[RoleGrant],
        case: Case | None = None,
    ):
        self.choices = committees_to_join(grants)
        stored = list(case.co_hosts.select_related("committee").order_by("pk")) if case else []
        self.has_rows = bool(stored)
        if data is not None and f"{PREFIX}-TOTAL_FORMS" not in data:
            data = data.copy()
            open_rows(data, PREFIX, 0)
        start = None if data is not None else [fields_of(host, HostRow) for host in stored]
        self.formset = rows_of(HostRow, extra=1)(data, prefix=PREFIX, initial=start)
        for form in self.formset.forms:
            form.fields["committee"].queryset = self.choices
            self._know(form, stored)

    def _know(self, form: Any, stored: list[CoHost]) -> None:
        sent = str(form["id"].value() or "")
        if any(str(host.pk) == sent for host in stored):
            form.initial["id"] = int(sent)

    def is_valid(self, region: Region | None) -> bool:
        """`region` is that of the case as it is being saved: it decides who is responsible."""
        if not self.formset.is_valid():
            return False
        rows = [form for form in self.formset.forms if not form.is_blank and not form.is_gone]
        named: set[Committee] = set()
        for form in rows:
            committee = form.cleaned_data["committee"]
            if reason := self._objection(committee, region, named):
                form.add_error("committee", reason)
            named.add(committee)
        return not any(form.errors for form in rows)

    def _objection(
        self, committee: Committee, region: Region | None, named: set[Committee]
    ) -> str | None:
        if committee in named:
            return gettext("%s is named twice.") % committee
        try:
            own = responsible_committee(region) if region else None
        except Refused:
            return None  # said beside the place, by the service
        return why_not(own, committee) if own else None

    def rows(self) -> list[dict[str, Any]]:
        return written(self.formset)

    @property
    def choice_list(self) -> str:
        return datalist(COMMITTEES, self.choices[:OFFERED])

    @property
    def is_open(self) -> bool:
        """Whether the rows are worth showing at once."""
        return self.has_rows or (self.formset.is_bound and self.formset.total_form_count() > 0)
