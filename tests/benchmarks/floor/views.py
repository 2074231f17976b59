"""Plain views. `?bytes=` is the weight of the page that the view stands beside."""

from __future__ import annotations

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import condition

from tests.benchmarks.floor.models import Case

ROWS = 20
NEWEST = Case.objects.filter(is_public=True).order_by("-listed_at", "-id")
FILLER = "<p>协商议事，件件有着落。</p>\n"
WEIGHT = len(FILLER.encode())
MATCH = {
    "sqlite": "SELECT rowid FROM consultations_searchindex WHERE consultations_searchindex MATCH %s",
    "postgresql": "SELECT case_id FROM consultations_searchdoc WHERE lexemes @@ %s::tsquery",
}
WORD = {"sqlite": '"石龙"', "postgresql": "'石龙'"}


def _page(request, context, *, rows: int = ROWS) -> HttpResponse:
    """The template, filled up with ready text to the bytes asked for."""
    missing = int(request.GET.get("bytes", 0)) - rows * 330 - 400
    filler = FILLER * max(0, missing // WEIGHT)
    return render(request, "page.html", {**context, "filler": filler})


@condition(etag_func=lambda request: '"floor"')
def unchanged(request):
    return HttpResponse(FILLER)


def home(request):
    closed = NEWEST.filter(stage="closed")
    return _page(request, {"cases": [*NEWEST[:6], *closed[:6]]}, rows=12)


def case_list(request):
    return _page(request, {"cases": NEWEST[:ROWS]})


def search(request):
    """A word that some forty of 100,000 cases hold."""
    with connection.cursor() as cursor:
        cursor.execute(MATCH[connection.vendor], [WORD[connection.vendor]])
        keys = [key for (key,) in cursor.fetchall()]
    return _page(request, {"cases": NEWEST.filter(pk__in=keys)[:ROWS]})


def detail(request):
    place = int(request.GET.get("n", 0)) % 50
    case = NEWEST[place]
    lists = [case.items.all(), case.tasks.all(), case.events.order_by("at")]
    return _page(request, {"cases": [case], "lists": lists}, rows=5)


def api(request):
    rows = NEWEST.values("id", "title", "public_summary", "stage", "year", "listed_at")[:ROWS]
    return JsonResponse({"results": list(rows)})
