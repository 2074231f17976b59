"""Each component in every state on one page, for those who work on the site."""

from __future__ import annotations

from types import SimpleNamespace

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from consultations.models import Commitment, Exactness, ItemState, Participant, Task
from consultations.public.answers import public_page
from consultations.public.forms import TrackForm
from consultations.selectors.lights import Light
from consultations.selectors.public import newest_cases
from consultations.selectors.ratings import Score
from consultations.workflow.cases import Stage
from consultations.workflow.tasks import TaskState

LONG = "很长的标题写到六十个字也要排得下而且不截断不溢出" * 2
RATINGS = ({}, {"satisfied": 3}, {"satisfied": 61, "fair": 9, "dissatisfied": 2})
PAIRS = ((40, 4, "元"), (26, 96, "人"), (1, 1200000, "元"))
SIDES = ("村民", "承包公司", "出租土地的村民代表")


@public_page
def gallery(request):
    """Not in production: nobody looks for it there."""
    if not settings.DEMO_DATA_ALLOWED:
        raise Http404
    form = TrackForm({"code": "x"})
    form.is_valid()
    context = {
        "stages": [_case(stage) for stage in Stage],
        "long": _case(Stage.HANDLING, title=LONG, public_summary=LONG * 2),
        "items": list(ItemState),
        "tasks": [Task(state=state) for state in TaskState],
        "promises": [Commitment(state=state) for state in Commitment.State],
        "lights": list(Light),
        "numbers": [(value, unit, how) for how in Exactness for value, unit in
                    ((5, "次"), (300, "人"), (600000, "元"), (None, "元"))],
        "pairs": PAIRS,
        "ratings": [Score(counts, asked=80) for counts in RATINGS],
        "tables": [_people(n) for n in (2, 5, 9)],
        "rows": newest_cases(2),
        "box": form["code"],
        "page": SimpleNamespace(before="x", after="x"),
        "words": _("Nothing here"),
    }  # fmt: skip
    return render(request, "public/gallery.html", context)


def _case(stage, **shown):
    values = {"title": stage.label, "public_summary": stage.value, "year": 2026, "origin": "demo",
              "prefecture_name": "西双版纳", "county_name": "双江拉祜族佤族布朗族傣族自治县",
              "prefecture_code": "", "county_code": "", "field_name": "市场与公共设施",
              "figure_name": "合作社社员", "figure_before": 26, "figure_after": 96000,
              "figure_unit": "人", "figure_exactness": "exact", "steps_recorded": 0b1001101}  # fmt: skip
    return SimpleNamespace(stage=stage, get_absolute_url="#", **values | shown)


def _people(n: int) -> list[Participant]:
    """A table of so many kinds and sides."""
    kinds = ("host", "masses", "department", "township", "cadre", "lawyer")
    people = [Participant(capacity="party", organisation=side, count=12) for side in SIDES]
    people += [Participant(capacity=kind, count=1) for kind in kinds]
    for person in people:
        person.side_name = ""
    return people[:n]
