"""Lists handed out as spreadsheets: the ticked rows, or all that the filter finds when none is."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from committees.admin.access import STAFF, grants_held
from committees.admin.bulk import Bulk
from committees.grants import UNIT_ROLES
from committees.services import exporting
from committees.services.limits import UsedUp
from consultations.exchange import lists
from consultations.exchange.sheets import MOST_ROWS, write_sheet
from consultations.selectors.wording import names_once
from consultations.services.suggestions import SCREENERS
from consultations.web.sent_files import spreadsheet

AT_ONCE = 1000  # rows read from the database at a time


class Export(Bulk):
    """Nothing is changed, so nothing is asked; who took what is written into the audit log."""

    name, label = "export", _("Export to a spreadsheet")
    roles: tuple[str, ...] = STAFF
    columns = staticmethod(lists.case_columns)

    @classmethod
    def is_offered(cls, request):
        return any(grant.role in cls.roles for grant in grants_held(request))

    def respond(self):
        ticked = self._keys()
        whole_list = not ticked or self.request.POST.get("select_across") == "1"
        rows = self.model_admin.get_changelist_instance(self.request).get_queryset(self.request)
        if not whole_list:
            rows = rows.filter(pk__in=ticked)
        count = rows.order_by()[: MOST_ROWS + 1].count()
        try:
            self.note(count, ticked=None if whole_list else len(ticked))
        except UsedUp as refused:
            return too_many(self.request, refused, back=self.request.get_full_path())
        listed = str(self.model_admin.opts.verbose_name_plural)
        write = partial(
            write_sheet,
            name=listed,
            columns=self.columns(names_once(self.request)),
            records=rows.select_related(*self.related).iterator(chunk_size=AT_ONCE),
        )
        return spreadsheet(f"{listed}-{timezone.localdate():%Y%m%d}", write=write)

    def note(self, count: int, *, ticked: int | None) -> None:
        """The words looked for are a person's own and stay out of the log; that there were is not."""
        asked = dict(self.request.GET.items())
        searched = bool(asked.pop("q", ""))
        facts = {
            "rows": min(count, MOST_ROWS),
            "cut_off": count > MOST_ROWS,
            "ticked": ticked,
            "filter": {name[:40]: value[:40] for name, value in list(asked.items())[:20]},
            "searched": searched,
        }
        about = f"list:{self.model_admin.opts.model_name}"
        exporting.begin(by=self.request.user, about=about, facts=facts)


def too_many(request, refused: UsedUp, *, back: str) -> HttpResponseRedirect:
    """Back to where one came from, with the time from which it is possible again."""
    when = time_format(timezone.localtime(refused.until), "H:i")
    messages.warning(
        request,
        _("You have exported as many lists as is possible within an hour. The next one can be "
          "exported from %s.") % when,
    )  # fmt: skip
    return HttpResponseRedirect(back)


class ExportCases(Export):
    related = lists.OF_CASES


class ExportTasks(Export):
    roles = (*STAFF, *UNIT_ROLES)
    related = lists.OF_TASKS
    columns = staticmethod(lists.task_columns)


class ExportSuggestions(Export):
    roles = SCREENERS
    related = lists.OF_SUGGESTIONS
    columns = staticmethod(lists.suggestion_columns)
