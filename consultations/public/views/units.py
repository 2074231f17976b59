"""Handling units: the directory, and the page of one with its tasks and figures."""

from __future__ import annotations

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from committees.models import Origin
from consultations.models import StageName
from consultations.public.answers import public_page
from consultations.public.kept import kept
from consultations.public.views.places import or_404
from consultations.selectors import public_units as found
from consultations.selectors.clocks import clocks_of
from consultations.selectors.lights import lights_now
from consultations.selectors.public import newest_cases
from consultations.selectors.public_places import prefectures_apart
from consultations.selectors.wording import kept_stage_names

SHOWN = 5
TASK = StageName.Kind.TASK
EVERYTHING = "handed_over"
FIGURES = (
    (EVERYTHING, _("Tasks handed over")),
    ("answered", _("Answered by the unit")),
    ("verified", _("of these verified as really done")),
    ("in_plan", _("In plan, with a promised date")),
    ("overdue", _("Overdue today")),
)


@public_page
@kept
def units(request):
    demo = bool(request.GET.get("demo"))
    real, invented = prefectures_apart()
    places = invented if demo else real
    region = request.GET.get("region", "")
    if region not in dict(places):
        region = ""
    page = found.units_by_place(region=region, demo=demo, wanted=request.GET)
    counts = {} if demo else found.case_counts(page)
    context = {
        "page": page,
        "lines": [(unit, counts.get(unit.pk, 0)) for unit in page],
        "demo": demo,
        "has_demo": bool(invented),
        "places": places,
        "region": region,
        "region_name": dict(places).get(region, ""),
        "keep": "demo=1&" if demo else "",
        **_beside(page, region=region, demo="1" if demo else ""),
    }
    return render(request, "public/units.html", context)


@public_page
@kept
def unit(request, pk):
    one = or_404(found.unit_page(pk))
    name, lights, names = request.GET.get("tasks", ""), lights_now(), kept_stage_names()
    page, figures = found.task_rows(one, name, request.GET), found.figures_of_unit(one)
    clocks = clocks_of(list(page))
    lists = [(key, label, getattr(figures, key)) for key, label in FIGURES if figures]
    tabs = _tabs(figures, names, one) if figures else []
    labels = {key: words for key, words, _n in tabs} | dict(FIGURES)
    chosen = name if name in labels else EVERYTHING
    context = {
        "unit": one,
        "remits": found.remits_of(one),
        "figures": lists,
        "tabs": [(key, f"{words} {n}", key == chosen) for key, words, n in tabs],
        "chosen": labels[chosen],
        "public_names": names,
        "page": page,
        "tasks": [(task, lights.of_task(task, case=task.case), clocks[task.pk]) for task in page],
        "cases": newest_cases(SHOWN, found.cases_of_unit(one)),
        "demo": "1" if one.origin == Origin.DEMO else "",
        **_beside(page, tasks=name),
    }
    return render(request, "public/unit.html", context)


def _tabs(figures, names, unit) -> list[tuple[str, str, int]]:
    """(list, words, count): everything, and each state there are tasks in, as the place calls it."""
    states = [
        (key, names.of(TASK, state, region=unit.region_id), n) for key, state, n in figures.states
    ]
    return [(EVERYTHING, str(_("All handed over")), figures.handed_over), *states]


def _beside(page, **asked: str) -> dict[str, str]:
    """The addresses of the pages beside this one."""
    kept_too = {name: value for name, value in asked.items() if value}
    return {
        "older": "?" + urlencode(kept_too | {"after": page.after}),
        "newer": "?" + urlencode(kept_too | {"before": page.before}),
    }
