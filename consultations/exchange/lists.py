"""The columns of the lists that are exported: what the list on the screen shows, and where it lies.

No name of a resident, no query code, nothing of the minutes: a file wanders.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Member, Origin
from committees.partial_dates import PartialDate
from consultations.exchange.sheets import Columns
from consultations.models import Case, Suggestion, Task, TopicSource
from consultations.selectors.clocks import never_began
from consultations.selectors.lights import Light, Lights, lights_now
from consultations.selectors.wording import Names

OF_CASES = ("region", "committee", "studio", "field", "campaign", "owner")
OF_TASKS = ("unit", "item", "case__region")
OF_SUGGESTIONS = ("region__parent", "owner")


def case_columns(names: Names) -> Columns:
    return [
        (gettext_lazy("case number"), lambda c: c.code),
        (gettext_lazy("title"), lambda c: c.title),
        (gettext_lazy("remark"), remark),
        (gettext_lazy("stage"), names.of_case),
        (gettext_lazy("next step due"), lambda c: day(c.stage_due_on)),
        (gettext_lazy("whether late"), lambda c: _("late") if c.is_late else ""),
        (gettext_lazy("in charge"), lambda c: c.owner),
        (gettext_lazy("region code"), lambda c: c.region_id),
        (gettext_lazy("place"), lambda c: c.region.name),
        (gettext_lazy("responsible committee"), lambda c: c.committee.short_name),
        (gettext_lazy("studio"), lambda c: c.studio),
        (gettext_lazy("brand or campaign"), lambda c: c.campaign),
        (gettext_lazy("field"), lambda c: c.field),
        (gettext_lazy("topic source"), _source),
        (gettext_lazy("year"), lambda c: c.year),
        (gettext_lazy("public"), lambda c: _("yes") if c.is_public else _("no")),
    ]


def task_columns(names: Names) -> Columns:
    lights = lights_now()
    return [
        (gettext_lazy("case number"), lambda t: t.case.code),
        (gettext_lazy("case"), lambda t: t.case.title),
        (gettext_lazy("remark"), lambda t: remark(t.case)),
        (gettext_lazy("item"), lambda t: t.item.number),
        (gettext_lazy("what is to be done"), lambda t: t.title),
        (gettext_lazy("handling unit"), lambda t: t.unit_name),
        (gettext_lazy("role"), lambda t: t.get_role_display()),
        (gettext_lazy("state"), lambda t: names.of_task(t, case=t.case)),
        (gettext_lazy("light"), lambda t: _light(t, lights)),
        (gettext_lazy("due"), lambda t: day(t.due_on)),
        (gettext_lazy("progress in per cent"), lambda t: t.percent),
        (gettext_lazy("answered"), lambda t: day(t.answered_on)),
        (gettext_lazy("verified"), lambda t: day(t.verified_on)),
        (gettext_lazy("promised for"), lambda t: day(t.promise_on)),
        (gettext_lazy("place"), lambda t: t.case.region.name),
    ]


def suggestion_columns(names: Names) -> Columns:
    return [
        (gettext_lazy("what is it about"), lambda s: s.title),
        (gettext_lazy("remark"), remark),
        (gettext_lazy("state"), lambda s: s.get_state_display()),
        (gettext_lazy("in charge"), lambda s: s.owner),
        (gettext_lazy("where"), lambda s: s.region.name),
        (gettext_lazy("village or spot"), lambda s: s.place),
        (gettext_lazy("received"), lambda s: day(timezone.localtime(s.received_at))),
        (gettext_lazy("first answer due"), lambda s: day(s.answer_due_on)),
        (gettext_lazy("decided"), lambda s: day(s.decided_at)),
        (gettext_lazy("answer to the resident"), lambda s: s.answer),
    ]


def _light(task: Task, lights: Lights) -> str:
    """The word of the light; nothing where no clock has begun, as on the screen."""
    light = lights.of_task(task, case=task.case)
    return "" if light == Light.NONE and never_began(task) else str(light.label)


def day(value: Any) -> str:
    """2026-11-18, so that the program sorts it; what is less precise than a day as it is told."""
    if isinstance(value, PartialDate):
        return value.text if value.is_exact else str(value)
    return f"{value:%Y-%m-%d}" if value else ""


def remark(record: Case | Task | Suggestion | Member) -> str:
    """What keeps a row out of every figure: invented, made for load tests, or quoted."""
    origin = getattr(record, "origin", "")
    if getattr(record, "is_demo", False) or origin == Origin.DEMO:
        return _("demonstration")
    return str(Origin(origin).label) if origin in (Origin.SYNTHETIC, Origin.REPORTED) else ""


def _source(case: Case) -> str:
    return str(TopicSource(case.source).label) if case.source else ""
