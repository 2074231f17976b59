"""Words and marks of the public pages: states, lights, origins, quoted numbers.

No query but the one for the local names of stages (`stages.py`).
"""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from committees.models import Origin
from consultations.models import Commitment, Exactness, ItemState
from consultations.selectors.lights import Light
from consultations.templatetags.circles import amount
from consultations.templatetags.stages import public_names, public_word
from consultations.workflow.cases import PUBLIC_STAGE, PublicStage
from consultations.workflow.tasks import TaskState

register = template.Library()

DONE, NOW, WAIT, NONE = "done", "now", "wait", "none"
OF_STAGE = {
    PublicStage.COLLECTING: WAIT,
    PublicStage.APPROVED: WAIT,
    PublicStage.CONSULTING: NOW,
    PublicStage.HANDLING: NOW,
    PublicStage.FOLLOW_UP: NOW,
    PublicStage.DONE: DONE,
    PublicStage.NOT_ADOPTED: NONE,
    PublicStage.REFERRED: NONE,
}
OF_ITEM = {
    ItemState.OPEN: NONE,
    ItemState.HANDLING: NOW,
    ItemState.IN_PLAN: WAIT,
    ItemState.SOLVED: DONE,
    ItemState.EXPLAINED: NONE,
    ItemState.CONVERTED: NONE,
    ItemState.DROPPED: NONE,
}
OF_TASK = {
    TaskState.VERIFIED: DONE,
    TaskState.ANSWERED: NOW,
    TaskState.SUSPENDED: WAIT,
    TaskState.TRACKED: WAIT,
    TaskState.EXPLAINED: NONE,
    TaskState.CANCELLED: NONE,
}
OF_COMMITMENT = {
    Commitment.State.OPEN: NOW,
    Commitment.State.KEPT: DONE,
    Commitment.State.BROKEN: "bad",
    Commitment.State.WAIVED: NONE,
}


def _status(kind: str, words) -> str:
    return format_html('<span class="status status--{}">{}</span>', kind, words)


@register.simple_tag(takes_context=True)
def stage_status(context, case):
    """The public word of the stage, as the place calls it, with its mark; beside that of a case
    which a report left unfinished, of when the report is."""
    word = PUBLIC_STAGE[case.stage]
    if word is None:
        return ""
    status, known = _status(OF_STAGE[word], public_word(context, case)), as_reported(case)
    return format_html('{} <span class="note">{}</span>', status, known) if known else status


@register.simple_tag
def as_reported(case) -> str:
    """As of which report an unfinished case stands where it does; nobody follows it here since."""
    if case.origin != Origin.REPORTED or case.is_ended:
        return ""
    day = getattr(case, "reported_on", None)
    if not day:
        return _("as of the report")
    return _("as of the report of %s") % day


@register.simple_tag
def item_status(state):
    """What nobody was handed yet is said to be agreed, which is all that is known of it."""
    return _status(OF_ITEM[state], _("Agreed upon") if state == ItemState.OPEN else state.label)


@register.simple_tag(takes_context=True)
def task_status(context, task, case):
    """An opinion that was given is the end of a task that only assists."""
    name = public_names(context).of_task(task, case=case)
    given = task.is_assist and task.state == TaskState.ANSWERED
    return _status(NONE if given else OF_TASK.get(task.state, NOW), name)


@register.simple_tag
def commitment_status(commitment):
    return _status(OF_COMMITMENT[commitment.state], commitment.get_state_display())


@register.simple_tag
def light_badge(light):
    """Colour, shape and word of a running clock; nothing where none runs."""
    if light == Light.NONE:
        return ""
    return format_html('<span class="light light--{}">{}</span>', light.value, light.label)


@register.simple_tag
def origin_mark(record):
    """Demonstration and load-test records say so wherever they stand; quoted ones say that."""
    if _is_unreal(record):
        return demo_mark(record)
    if getattr(record, "origin", "") == Origin.REPORTED:
        return format_html('<span class="tag">{}</span>', _("From a report"))
    return ""


@register.simple_tag
def demo_mark(record):
    """Only the mark of what is not real: for lists in which everything else is quoted anyway."""
    if not _is_unreal(record):
        return ""
    return format_html('<span class="tag tag--demo">{}</span>', _("Demonstration"))


def _is_unreal(record) -> bool:
    origin = getattr(record, "origin", "")
    return getattr(record, "is_demo", False) or origin in (Origin.DEMO, Origin.SYNTHETIC)


FEW = 10  # "more than 5" is said of small numbers, "300-odd" of large ones
MYRIADS = ("万", "亿")  # the word for "odd" stands behind them: 1.3万余户


@register.simple_tag
def stated(value, unit="", exactness=Exactness.EXACT):
    """A number as exactly as it is stated: 近300名, 300余名, 1.3万余户, 5次以上, 约300名."""
    before, between, after = "", "", ""
    if exactness == Exactness.NEARLY:
        before = _("nearly ")
    elif exactness == Exactness.ABOUT:
        before = _("about ")
    elif exactness == Exactness.MORE_THAN:
        myriads, unit = (unit[:1], unit[1:]) if unit.startswith(MYRIADS) else ("", unit)
        odd = _("+")
        few = not myriads and value is not None and value < FEW
        before, between = (_("more than "), "") if few else ("", f"{myriads}{odd}")
    elif exactness == Exactness.AT_LEAST:
        after = _(" or more")
    return format_html(
        "{}<b>{}</b>{}", _small(before), amount(value), _small(f"{between}{unit}{after}")
    )


def _small(word) -> str:
    return format_html("<small>{}</small>", word) if word else ""


@register.filter
def has_value(value) -> bool:
    """True for 0 as well: only the unknown has no value."""
    return value is not None


@register.simple_tag
def case_query(**values):
    """The query of the list of cases: ?region=5301&year=2022, without what is empty."""
    return "?" + urlencode({name: value for name, value in values.items() if value})


@register.simple_tag(takes_context=True)
def text_is_large(context) -> bool:
    """Whether the reader asked for large text. False on the pages that know no request."""
    request = context.get("request")
    return request is not None and request.COOKIES.get("text") == "large"


@register.simple_tag(takes_context=True)
def here(context) -> str:
    """The address to come back to after a switch; the home page where there is none."""
    request = context.get("request")
    if request is None:
        return "/"
    return request.get_full_path() if request.method == "GET" else request.path


@register.simple_tag
def sign_in() -> str:
    """Where people sign in to work: their own pages, else the staff screens."""
    for name in ("portal:home", "admin:index"):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
