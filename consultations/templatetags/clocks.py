"""The clock of a task in plain words, and its light. No query."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.selectors.clocks import Clock, Spell
from consultations.web.light_marks import task_light

register = template.Library()
register.simple_tag(task_light)


@register.simple_tag
def clock_words(clock: Clock | None) -> str:
    """Who had the task for how long, and the whole: nothing where it was not handed over."""
    if clock is None or not clock.spells:
        return ""
    parts = [_spell(spell, rounds=clock.rounds) for spell in clock.spells]
    return _("%(units)s; %(total)s") % {"units": _("; ").join(parts), "total": _total(clock)}


def _spell(spell: Spell, *, rounds: int) -> str:
    days = _days(spell.used)
    unit = f"{spell.unit}{_round(spell)}" if rounds > 1 else spell.unit
    words = _("%(unit)s: %(days)s") % {"unit": unit, "days": days}
    if spell.waited:
        words += _(", of which %s waiting for the decision on its return") % _days(spell.waited)
    if spell.paused:
        words += _(", besides paused for %s") % _days(spell.paused)
    if spell.elsewhere:
        words += _(", besides its answer was looked at for %s") % _days(spell.elsewhere)
    return words


def _round(spell: Spell) -> str:
    return _(" (round %s)") % spell.round


def _total(clock: Clock) -> str:
    days = _days(clock.total)
    return _("%s in all so far") % days if clock.is_running else _("%s in all") % days


def _days(count: int) -> str:
    return ngettext("%s working day", "%s working days", count) % count
