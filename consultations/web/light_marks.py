"""The light of a task as it is drawn for staff."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from consultations.models import Task
from consultations.selectors.clocks import never_began
from consultations.selectors.lights import Light


def task_light(task: Task, light: Light) -> SafeString | str:
    """Colour, shape and word, also of a clock that ended; nothing before it began."""
    if light == Light.NONE and never_began(task):
        return ""
    return format_html('<span class="light light--{}">{}</span>', light.value, light.label)
