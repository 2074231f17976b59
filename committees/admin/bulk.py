"""Many rows of a list at once: ticked, looked at one by one, then done one by one.

Three pages at one address, that of the list with its filter: what is wanted (a form), what would
happen to each row or why not, and what was done. Every page asks again which rows are the
viewer's; a key that is not is passed over, as if nobody had ticked it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST = 1000
PATIENCE = 10.0  # seconds of one request; what is left over is offered again
KEY = re.compile(r"([0-9]{1,18})(?::([0-9]{1,9}))?")


@dataclass(frozen=True)
class Picked:
    """One record as it was chosen; `version` is the one that the person looked at."""

    record: Any
    version: int | None

    @property
    def key(self) -> str:
        return str(self.record.pk) if self.version is None else f"{self.record.pk}:{self.version}"


@dataclass(frozen=True)
class Line:
    """One record on the page: what it is, how it stands, and what happens to it or why not."""

    picked: Picked
    name: str
    detail: str
    state: str
    text: str
    reasons: list[str]
    is_demo: bool
    url: str


@dataclass
class Done:
    """How a run went. `left` was not tried for lack of time."""

    done: int = 0
    refused: list[Line] = field(default_factory=list)
    left: list[Picked] = field(default_factory=list)


class Bulk:
    """One thing that can be done to many rows of a list. The declarations stand in subclasses.

    `objections` without data tells who could not be chosen at all, with data what the form's
    answers are up against; `take` does it to one record, in its own transaction, and hands back
    the reasons why not, none where it was done.
    """

    name = ""
    label: Any = ""
    form_class: type[forms.Form] | None = None
    related: tuple[str, ...] = ()

    def __init__(self, model_admin, request):
        self.model_admin, self.request = model_admin, request

    @classmethod
    def is_offered(cls, request) -> bool:
        return True

    def make_form(self, data) -> forms.Form | None:
        return self.form_class(data) if self.form_class else None

    def load(self, rows) -> list[Any]:
        """The records with all that the page shows of them, in a fixed number of queries."""
        return list(rows.select_related(*self.related))

    def version_of(self, record) -> int | None:
        return getattr(record, "version", None)

    def title_of(self, record) -> str:
        return str(record)

    def detail_of(self, record) -> str:
        return ""

    def state_of(self, record) -> str:
        return ""

    def is_demo(self, record) -> bool:
        return getattr(record, "is_demo", False)

    def objections(self, record, data: Mapping[str, Any] | None) -> list[str]:
        return []

    def text(self, record, data: Mapping[str, Any]) -> str:
        """What will be written to this very record."""
        return ""

    def take(self, picked: Picked, data: Mapping[str, Any]) -> list[str]:
        raise NotImplementedError

    # --- the three pages ------------------------------------------------------------------------

    def respond(self) -> HttpResponse:
        chosen = self.chosen()
        if not chosen:
            messages.warning(self.request, _("Tick the rows first."))
            return HttpResponseRedirect(self.request.get_full_path())
        asked = "look" in self.request.POST or "do" in self.request.POST
        form = self.make_form(self.request.POST if asked or "again" in self.request.POST else None)
        if form is not None and not (asked and form.is_valid()):
            return self._page("bulk.html", chosen, form=form, data=None)
        data = form.cleaned_data if form is not None else {}
        if "do" in self.request.POST:
            return self._finish(self.run(chosen, data), form)
        return self._page("bulk.html", chosen, form=form, data=data)

    def chosen(self) -> list[Picked]:
        keys = self._keys()
        rows = self.model_admin.get_queryset(self.request).filter(pk__in=keys)
        found = {row.pk: row for row in self.load(rows)}
        return [
            Picked(found[pk], self.version_of(found[pk]) if version is None else version)
            for pk, version in keys.items()
            if pk in found
        ]

    def _keys(self) -> dict[int, int | None]:
        """Keys with the versions looked at: those sent along, those ticked, or all of the filter."""
        post = self.request.POST
        if post.get("select_across") == "1":
            rows = self.model_admin.get_changelist_instance(self.request).get_queryset(self.request)
            return dict.fromkeys(rows.values_list("pk", flat=True)[: MOST + 1])
        texts = [*post.get("keys", "").split(","), *post.getlist(ACTION_CHECKBOX_NAME)]
        found = (KEY.fullmatch(text) for text in texts[: 2 * MOST])
        return {int(m[1]): int(m[2]) if m[2] else None for m in found if m}

    def line(self, picked: Picked, data: Mapping[str, Any] | None) -> Line:
        record = picked.record
        reasons = self.objections(record, data)
        text = "" if data is None or reasons else self.text(record, data)
        return self._line(picked, text, reasons)

    def _line(self, picked: Picked, text: str, reasons: list[str]) -> Line:
        record = picked.record
        return Line(
            picked, self.title_of(record), self.detail_of(record), self.state_of(record), text,
            reasons, self.is_demo(record), address_of(record, self.model_admin.admin_site.name),
        )  # fmt: skip

    def run(self, chosen: Iterable[Picked], data: Mapping[str, Any]) -> Done:
        """One after the other; those that no time is left for are kept for the next request."""
        result, until = Done(), time.monotonic() + PATIENCE
        for picked in list(chosen)[:MOST]:
            if time.monotonic() > until:
                result.left.append(picked)
            elif reasons := self.take(picked, data):
                result.refused.append(self._line(picked, "", reasons))
            else:
                result.done += 1
        return result

    def _page(self, template: str, chosen: list[Picked], *, form, data) -> HttpResponse:
        lines = [self.line(picked, data) for picked in chosen[:MOST]]
        able = [line for line in lines if not line.reasons]
        context = {
            "form": form,
            "looking": data is not None,
            "cut_off": len(chosen) > MOST,
            "most": MOST,
            "able": able,
            "unable": [line for line in lines if line.reasons],
            "keys": ",".join(line.picked.key for line in able),
            "sent": hidden(form) if data is not None else [],
            "do": self.doing(len(able)),
        }
        return self._render(template, context)

    def _finish(self, result: Done, form) -> HttpResponse:
        keys = ",".join(picked.key for picked in result.left)
        context = {"result": result, "keys": keys, "sent": hidden(form)}
        return self._render("bulk_done.html", context)

    def doing(self, count: int) -> str:
        """The words of the button."""
        words = ngettext("%(label)s: %(n)s row", "%(label)s: %(n)s rows", count)
        return words % {"label": self.label, "n": count}

    def _render(self, template: str, context: dict) -> HttpResponse:
        site, opts = self.model_admin.admin_site, self.model_admin.opts
        self.request.current_app = site.name
        context |= {"title": self.label, "action": self.name, "opts": opts,
                    "list_name": opts.verbose_name_plural, "list_url": self.request.get_full_path()}  # fmt: skip
        whole = {**site.each_context(self.request), **context}
        return TemplateResponse(self.request, f"admin/{template}", whole)


def hidden(form: forms.Form | None) -> list[str]:
    """What was typed, carried along to the next page."""
    return [box.as_hidden() for box in form] if form is not None else []


def address_of(record: Model, site: str) -> str:
    opts = record._meta
    return reverse(f"{site}:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


class BulkActions:
    """For a list: what is declared in `bulk`, as far as it is offered to the person."""

    bulk: tuple[type[Bulk], ...] = ()

    def offered(self, request) -> dict[str, type[Bulk]]:
        return {one.name: one for one in self.bulk if one.is_offered(request)}

    def get_actions(self, request):
        return {name: (None, name, one.label) for name, one in self.offered(request).items()}

    def changelist_view(self, request, extra_context=None):
        if request.method == "POST" and "action" in request.POST:
            return self._act(request)
        return super().changelist_view(request, extra_context)

    def _act(self, request) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        wanted = next(filter(None, reversed(request.POST.getlist("action"))), "")
        one = self.offered(request).get(wanted)
        if one is None:
            messages.warning(request, _("Choose what to do with the rows."))
            return HttpResponseRedirect(request.get_full_path())
        return one(self, request).respond()
