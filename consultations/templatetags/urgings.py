"""What a reminder or a slip says: of a platform that follows up, and orders nobody. No query."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import calendar
from consultations.models import Urging
from consultations.selectors.urgings import standing_of

register = template.Library()
Rung = Urging.Rung


@register.simple_tag
def urging_words(urging: Urging) -> str:
    """The sentence on the sheet; `written_at` and the dates of the row are all it rests on."""
    day = date_format(urging.due_on)
    if urging.rung == Rung.NOTE:
        return _("The task below is due on %s. This is only to let you know.") % day
    if urging.rung == Rung.QUIET:
        return (
            _(
                "Nothing has been heard of the task below for a while. Please write a word on how it "
                "stands; it is due on %s."
            )
            % day
        )
    if urging.rung == Rung.FALSE:
        return (
            _(
                "The task below was answered as done; somebody looked and found that it is not. It "
                "is open again and due on %s. We keep following it up: please tell us how it "
                "stands and by when it will be done."
            )
            % day
        )
    late = {"day": day, "late": _late(urging)}
    if urging.rung == Rung.REMINDER:
        return (
            _(
                "The task below was due on %(day)s, %(late)s. Please see to it, or tell us what stands "
                "in the way."
            )
            % late
        )
    if urging.rung == Rung.SLIP:
        return (
            _(
                "The task below was due on %(day)s, %(late)s. We keep following it up: please tell us "
                "how it stands and by when your reply follows."
            )
            % late
        )
    return (
        _(
            "The task below was due on %(day)s, %(late)s, and was followed up before. We pass it on to "
            "the leader in charge at your unit, and ask to be told by when the reply follows."
        )
        % late
    )


def _late(urging: Urging) -> str:
    until = urging.sent_on or timezone.localdate()
    days = max(calendar.working_days_between(urging.due_on, until), 0)
    return ngettext("%s working day ago", "%s working days ago", days) % days


@register.simple_tag
def urging_standing(urging: Urging) -> str:
    return standing_of(urging)
