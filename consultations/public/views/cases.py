"""The list of cases and the page of one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render

from consultations.filters import understood
from consultations.public.answers import public_page
from consultations.public.kept import kept
from consultations.selectors.keyset import page_of
from consultations.selectors.public import case_rows
from consultations.selectors.public_case import case_page
from consultations.selectors.residents import hotline_of
from consultations.selectors.steps import grouped, steps_of

ON_A_PAGE = 20


@public_page
@kept
def case_list(request):
    cases = understood(request.GET)
    page = page_of(cases.narrow(case_rows()), request.GET, size=ON_A_PAGE)
    asked = {name: value for name, value in cases.asked.items() if value}
    context = {
        "filter": cases,
        "public_names": cases.names,
        "page": page,
        "chips": [(words, _query(asked, leave=name)) for name, words in cases.chosen],
        "words": asked.pop("q", ""),
        "demo": _query(cases.asked, demo="1") if cases.choices.has_demo else "",
        "asked": asked,
        "older": _query(cases.asked, after=page.after),
        "newer": _query(cases.asked, before=page.before),
    }
    return render(request, "public/cases.html", context)


def _query(asked: dict[str, str], *, leave: str = "", **more: str) -> str:
    """What was asked, as an address, without one of it (a county goes with its prefecture)."""
    left = {leave, "county"} if leave == "region" else {leave}
    kept = {name: value for name, value in asked.items() if value and name not in left}
    return "?" + urlencode(kept | more)


@public_page
@kept
def case(request, pk):
    page = case_page(pk)
    if page is None:
        raise Http404
    steps = steps_of(page.case, page.case_lines)
    context = {
        "page": page,
        "case": page.case,
        "steps": steps,
        "groups": grouped(steps),
        "silent_steps": [step for step in steps if step.is_silent],
        "is_printing": "print" in request.GET,
        "demo": "1" if page.case.is_demo else "",
        "hotline": hotline_of(page.case.region),
    }
    return render(request, "public/case.html", context)
