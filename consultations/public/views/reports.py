"""The reports, what each contributed, and the figures they state."""

from __future__ import annotations

from django.shortcuts import render

from consultations.models import ReportedFigure
from consultations.public.answers import public_page
from consultations.public.views.places import or_404
from consultations.selectors import public_reports as quoted
from consultations.selectors.public import newest_cases
from consultations.selectors.public_places import prefectures_apart

MOST = 50
Topic = ReportedFigure.Topic


@public_page
def report_list(request):
    return render(request, "public/reports.html", {"reports": quoted.reports()})


@public_page
def report(request, code):
    one = or_404(quoted.report_page(code))
    given = quoted.contribution_of(one)
    context = {"report": one, "given": given, "cases": newest_cases(MOST, given.cases)}
    return render(request, "public/report.html", context)


@public_page
def figures(request):
    places, _invented = prefectures_apart()  # no report tells of an invented one
    topic = request.GET.get("topic", "")
    region = request.GET.get("region", "")
    chosen = Topic(topic) if topic in Topic.values else Topic.SESSIONS
    if region not in dict(places):
        region = ""
    context = {
        "topics": Topic.choices,
        "topic": chosen,
        "places": places,
        "region": region,
        "region_name": dict(places).get(region, ""),
        "figures": quoted.figures_on(chosen, region=region),
    }
    return render(request, "public/figures.html", context)
