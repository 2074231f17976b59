"""The draft of what a case is turned into: a proposal, a social-opinion report, a matter for a
higher level. Facts first, then what stayed open; the advice is the office's to write."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import IO

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from committees.partial_dates import PartialDate
from consultations.documents.layout import Paper
from consultations.models import Conversion, Meeting, OutcomeMetric
from consultations.selectors.conversion_facts import Facts, Handled, facts_of

NUMERALS = "一二三四五六七八九十"
Part = tuple[str, list[str]]


def write_draft(out: IO[bytes], *, made: Conversion) -> None:
    """Write the paper, in Chinese whatever the reader's language."""
    facts = facts_of(made)
    with translation.override("zh-hans"):
        paper = Paper(title=made.title)
        paper.line(_("Kind: %(kind)s. Case: %(code)s.")
                   % {"kind": made.get_kind_display(), "code": facts.case.code})  # fmt: skip
        for numeral, (heading, lines) in zip(NUMERALS, _parts(facts, made), strict=False):
            paper.heading(f"{numeral}、{heading}")
            for line in lines:
                paper.line(line)
        paper.signed(str(facts.case.committee), on=timezone.localdate())
    paper.save(out)


def _parts(facts: Facts, made: Conversion) -> Iterator[Part]:
    """Those that have anything to say; the last is always there, to be filled in."""
    case = facts.case
    parts = [
        (_("Background"), [case.problem, case.wish]),
        (_("Field research"), [visit.findings for visit in facts.visits]),
        (_("Deliberation"), [_held(meeting) for meeting in facts.meetings]),
        (_("Items agreed"), _numbered(item.text for item in facts.items)),
        (_("How it was handled"), _numbered(_done(one) for one in facts.handled)),
        (_("What changed"), [_figure(metric) for metric in facts.metrics]),
        (_("Reservations"), [f"{who}：{text}" if who else text for who, text in facts.dissent]),
    ]
    for heading, lines in parts:
        if told := [line for line in lines if line]:
            yield heading, told
    yield _("Advice"), [made.body or _("(to be written)")]


def _numbered(lines) -> list[str]:
    return [f"{n}. {line}" for n, line in zip(count(1), lines, strict=False)]


def _held(meeting: Meeting) -> str:
    when = str(PartialDate.parse(meeting.held_on)) if meeting.held_on else ""
    where = str(meeting.room or meeting.place or "")
    told = [when, where, meeting.get_form_display() if meeting.form else ""]
    if meeting.head_count:
        told.append(_("%s people present") % meeting.head_count)
    return "，".join(filter(None, told)) + "。" + meeting.summary


def _done(one: Handled) -> str:
    task = one.task
    told = f"{task.title}（{task.unit_name}）：{task.get_state_display()}"
    if one.reply is None:
        return told + "。"
    return f"{told}，{one.reply.get_meaning_display()}。{one.reply.explanation}"


def _figure(metric: OutcomeMetric) -> str:
    values = [(_("before"), metric.before), (_("after"), metric.after)]
    told = [f"{name} {value.normalize():f}{metric.unit}" for name, value in values
            if value is not None]  # fmt: skip
    return f"{metric.name}：{'，'.join(told)}。"
