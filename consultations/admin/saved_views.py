"""Lists with views under a name: tabs above the list, a page to keep one, rename it, remove it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from committees.admin.access import STAFF, grants_held
from committees.models import Region
from consultations.admin.access import back, page, refuse
from consultations.admin.filters import is_reached
from consultations.admin.site import site
from consultations.forms.saved_views import ViewForm
from consultations.models import Case, SavedView, Suggestion, Task
from consultations.selectors.saved_views import home_of, views_for
from consultations.services import saved_views
from consultations.workflow.engine import Refused

LISTS = {"case": Case, "task": Task, "suggestion": Suggestion}
VIEW, ALL = "view", "all"


class OrderFilter(admin.SimpleListFilter):
    """The newest first, or by the time limit; then only what has one."""

    title, parameter_name, column = gettext_lazy("order"), "order", ""

    def lookups(self, request, model_admin):
        return [("due", _("by time limit"))]

    def queryset(self, request, queryset):
        if self.value() != "due":
            return queryset
        return queryset.filter(**{f"{self.column}__isnull": False})


class DueOrder(OrderFilter):
    column = "stage_due_on"


class TaskOrder(OrderFilter):
    column = "due_on"


class AnswerOrder(OrderFilter):
    column = "answer_due_on"


@dataclass(frozen=True)
class Tab:
    name: str
    url: str
    is_open: bool
    owner: object = None  # of a view that somebody else shares
    change: str = ""  # the page of an own one


class SavedViews:
    """For a list of the staff site. `order_filter` tells the column of the time limit."""

    order_filter: type[OrderFilter]
    more_columns: tuple[str, ...] = ()

    @property
    def listed(self) -> str:
        return self.opts.model_name

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), self.order_filter]

    def get_ordering(self, request):
        if request.GET.get("order") == "due":
            return [self.order_filter.column, "pk"]
        return super().get_ordering(request)

    def columns(self) -> list[str]:
        return [*self.list_display, *self.more_columns]

    def get_list_display(self, request):
        """The columns of the view that is open, as far as the list has them."""
        view = self.open_view(request)
        chosen = [name for name in self.columns() if view and name in view.columns]
        return chosen or self.list_display

    def get_list_display_links(self, request, list_display):
        return list(list_display)[:1]

    def views(self, request) -> list[SavedView]:
        """Read once for each request."""
        if not hasattr(request, "saved_views"):
            held = grants_held(request)
            request.saved_views = views_for(request.user, self.listed, grants=held)
        return request.saved_views

    def open_view(self, request) -> SavedView | None:
        wanted = request.GET.get(VIEW, "")
        return next((view for view in self.views(request) if str(view.pk) == wanted), None)

    def allowed(self, request, query: dict[str, str]) -> dict[str, str]:
        """What of an address this list knows and this person reaches."""
        known = {one.parameter_name for one in self.get_list_filter(request)} | {"q"}
        kept = {key: value for key, value in query.items() if key in known and value}
        if "region" in kept and not is_reached(request, kept["region"]):
            del kept["region"]
        return kept

    def url_of(self, request, view: SavedView) -> str:
        return f"{_list_url(self.listed)}?{urlencode(self.allowed(request, view.query) | {VIEW: view.pk})}"

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET" and not request.GET and self.has_view_permission(request):
            own = (view for view in self.views(request) if view.owner_id == request.user.pk)
            first = next((view for view in own if view.is_default), None)
            if first is not None:
                return HttpResponseRedirect(self.url_of(request, first))
        if self.has_view_permission(request):
            extra_context = {"views": self.tabs(request)} | (extra_context or {})
        return super().changelist_view(request, extra_context)

    def tabs(self, request) -> dict[str, object]:
        open_view = self.open_view(request)
        rows = [Tab(_("All"), f"{_list_url(self.listed)}?{VIEW}={ALL}", open_view is None)]
        for view in self.views(request):
            mine = view.owner_id == request.user.pk
            change = reverse("admin:saved_view", args=[self.listed, view.pk]) if mine else ""
            rows.append(Tab(view.name, self.url_of(request, view), view == open_view,
                            None if mine else view.owner, change))  # fmt: skip
        asked = self.allowed(request, request.GET.dict())
        keep = f"{reverse('admin:saved_view_add', args=[self.listed])}?{urlencode(asked)}"
        change = next((tab.change for tab in rows if tab.is_open), "")
        return {"rows": rows, "keep": keep, "change": change}


@require_http_methods(["GET", "POST"])
def keep(request, listed: str) -> HttpResponse:
    """The list as it is filtered now, under a name; the address says how it is."""
    own = _list(request, listed)
    query = own.allowed(request, request.GET.dict())
    view = SavedView(listed=listed, query=query, columns=list(own.list_display))
    return _edit(request, own, view, title=_("Keep this view"), query=query)


@require_http_methods(["GET", "POST"])
def change(request, listed: str, pk: int) -> HttpResponse:
    """Rename an own view, choose its columns, share it, open with it, or remove it."""
    own = _list(request, listed)
    view = get_object_or_404(SavedView, pk=pk, listed=listed, owner=request.user)
    if request.method == "POST" and "remove" in request.POST:
        saved_views.remove(view, by=request.user)
        return back(request, f"{_list_url(listed)}?{VIEW}={ALL}", _("The view is removed."))
    return _edit(request, own, view, title=_("Change the view"), query=None)


def _edit(request, own, view: SavedView, *, title: str, query) -> HttpResponse:
    initial = {"name": view.name, "columns": view.columns, "is_shared": view.shared_in_id,
               "is_default": view.is_default}  # fmt: skip
    form = ViewForm(request.POST if request.method == "POST" else None, initial=initial,
                    columns=_labelled(own), place=_place(request))  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            kept = saved_views.save(view, by=request.user, query=query, **form.given)
            return back(request, own.url_of(request, kept), _("The view is kept."))
        except Refused as refused:
            refuse(form, refused)
    context = {"title": title, "form": form, "view": view, "opts": own.opts,
               "back": f"{_list_url(view.listed)}?{VIEW}={ALL}"}  # fmt: skip
    return page(request, "saved_view.html", context)


def _list(request, listed: str):
    """The list, for those who may see it."""
    own = site._registry[LISTS[listed]] if listed in LISTS else None
    if own is None or not own.has_view_permission(request):
        raise Http404
    return own


def _labelled(own) -> list[tuple[str, str]]:
    return [(name, str(label_for_field(name, own.model, own))) for name in own.columns()]


def _place(request) -> Region | None:
    """Where staff may share; others keep their views for themselves."""
    held = [grant for grant in grants_held(request) if grant.role in STAFF]
    return Region.objects.filter(pk=home_of(held)).first()


def _list_url(listed: str) -> str:
    return reverse(f"admin:consultations_{listed}_changelist")
