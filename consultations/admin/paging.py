"""Pages of a list without counting a whole table, each row with the words and lights of its place."""

from __future__ import annotations

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.models import Case
from consultations.selectors.lights import lights_once
from consultations.selectors.wording import names_once

BOUND = 1000
PAGES = 200  # of a list that is turned over by number


def page_number(request) -> int:
    """The page of a list that the address asks for; 404 for what is none."""
    asked = request.GET.get("p", "1")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 4 and 0 < int(asked) <= PAGES):
        raise Http404
    return int(asked)


class BoundedPaginator(Paginator):
    """Counts at most one more than `BOUND`; what lies behind is reached by a narrower filter."""

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: BOUND + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, BOUND)

    @property
    def total_text(self) -> str:
        """How many there are, in words that stay true beyond the bound."""
        if self._counted > BOUND:
            return _("More than %s found; narrow the search to see the others") % f"{BOUND:,}"
        return _("%(n)s found") % {"n": self._counted}


class ViewedList(ChangeList):
    """A list whose address also names the view that is open."""

    def get_filters_params(self, params=None):
        return {key: value for key, value in super().get_filters_params(params).items()
                if key != "view"}  # fmt: skip


class NamedList(ViewedList):
    """A list of cases or tasks; each row knows what its stage is called where it lies, a task its
    light by the limits that hold there."""

    def get_results(self, request):
        super().get_results(request)
        names = names_once(request)
        for row in self.result_list:
            if isinstance(row, Case):
                row.stage_name = names.of_case(row)
                continue
            row.stage_name = names.of_task(row, case=row.case)
            row.light = lights_once(request).of_task(row, case=row.case)
