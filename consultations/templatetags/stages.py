"""What a stage is called where the case lies. One statement for a page, at the first name on it."""

from __future__ import annotations

from django import template
from django.utils.html import format_html

from consultations.models import Case
from consultations.permissions import stage_of
from consultations.selectors.wording import Names, kept_stage_names, names_once, place_of
from consultations.workflow.cases import PUBLIC_STAGE, Stage
from consultations.workflow.tasks import TaskState

register = template.Library()


def public_names(context) -> Names:
    """The names of one public page; the usual ones where a template is drawn without a request."""
    if "public_names" in context:
        return context["public_names"]
    request = request_of(context)
    if request is None:
        return Names()
    if not hasattr(request, "public_names"):
        request.public_names = kept_stage_names()
    return request.public_names


def request_of(context):
    """Also inside of `include … only`, which hands on the request but not its name."""
    return context.get("request") or getattr(context, "request", None)


def public_word(context, case) -> str:
    """The public word of the stage of a case; nothing at a stage that the public does not see."""
    stage = PUBLIC_STAGE[case.stage]
    return public_names(context).public(stage, region=place_of(case)) if stage else ""


@register.simple_tag(takes_context=True)
def stage_name(context, subject, case=None):
    """The stage of a case, or the state of a task (with its case), for staff."""
    names = names_once(request_of(context))
    if isinstance(subject, Case):
        return names.of_case(subject)
    return names.of_task(subject, case=case or subject.case)


@register.simple_tag(takes_context=True)
def own_status(context, subject, case=None, *, late=False):
    """The same with its mark. Red is what is late and nothing else; what goes on waits, in ochre."""
    name = stage_name(context, subject, case)
    return format_html('<span class="status status--{}">{}</span>', _kind(subject, late), name)


def _kind(subject, late: bool) -> str:
    if subject.is_ended:
        solved = (TaskState.VERIFIED, Stage.CLOSED)
        return "done" if stage_of(subject) in solved else "none"
    return "bad" if late else "wait"


@register.simple_tag(takes_context=True)
def public_stage_name(context, stage, region):
    """A public stage as a region calls it; `region` is a code of any length."""
    return public_names(context).public(stage, region=region)
