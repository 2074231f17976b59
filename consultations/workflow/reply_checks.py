"""What is pointed out in a reply: points it does not speak of, words that say nothing, old words.

Nothing here forbids: words are compared, not understood. Whoever signs confirms what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from committees.models import EmptyPhrase
from consultations.workflow.engine import Ask

# Where a place keeps no list of its own.
USUAL_PHRASES = (
    "高度重视", "积极推进", "积极协调", "加强协调", "加大力度", "进一步加强", "认真研究", "正在研究",
    "统筹考虑", "予以考虑", "适时", "逐步解决", "尽快解决", "有序推进", "稳步推进",
)  # fmt: skip
ENOUGH = 0.4  # of the pairs of characters of a point that a reply repeats when it speaks of it
BETWEEN = re.compile(r"[；;。\n]+|(?:^|(?<=\s))\d+[.、．]|[（(]\d+[)）]")
WORDS = re.compile(r"\w+")

Flag = tuple[str, str]  # kind: "point", "phrase" or "same"; and the words


def points_of(task: Any) -> list[str]:
    """What the unit was asked for, point by point: the result expected of the task; where none is
    written and the unit answers alone, how the item is seen to be done, or the item itself."""
    alone = task.item if task.role == "sole" and task.item.tasks.count() == 1 else None
    words = task.expected or (alone and (alone.measure or alone.text)) or task.title
    return [point for part in BETWEEN.split(words) if (point := part.strip(" ，,、"))]


def flags_of(task: Any, body: str) -> list[Flag]:
    """Everything that is pointed out in these words, as a reply to this task."""
    missing = [("point", point) for point in points_of(task) if not speaks_of(body, point)]
    empty = [("phrase", phrase) for phrase in phrases_in(task.case.region) if phrase in body]
    before = task.replies.filter(accepted=False).order_by("-pk").values_list("body", flat=True)
    same = [("same", "") for old in before[:1] if _bare(old) == _bare(body)]
    return [*missing, *empty, *same]


def phrases_in(region: Any) -> list[str]:
    """The empty phrases of a place: those of the nearest region upward that keeps some."""
    codes = [*region.ancestor_codes, region.code]
    rows = EmptyPhrase.objects.filter(region__in=codes).order_by("-region_id", "phrase")
    found = list(rows.values_list("region_id", "phrase"))
    return [phrase for code, phrase in found if code == found[0][0]] or list(USUAL_PHRASES)


def speaks_of(body: str, point: str) -> bool:
    """Whether enough pairs of neighbouring characters of the point stand in the text."""
    wanted = _pairs(point)
    return sum(pair in body for pair in wanted) >= ENOUGH * len(wanted)


def told(flags: Iterable[Flag]) -> list[str]:
    """What was found, in words."""
    words = {
        "point": _("not spoken of: %s"),
        "phrase": _("says little: “%s”"),
        "same": _("the same words as the reply that was returned%s"),
    }
    return [words[kind] % text for kind, text in flags]


def confirm_what_is_flagged(ask: Ask) -> str | None:
    """A warning is never passed over in silence: whoever signs has seen it."""
    if ask.data is None or ask.given("flags_confirmed"):
        return None
    reply = ask.subject.latest_reply
    found = flags_of(ask.subject, reply.body) if reply and reply.accepted is None else []
    if not found:
        return None
    return _(
        "Read what is pointed out (%s). Have the draft changed, or confirm that it is signed as "
        "it stands."
    ) % "；".join(told(found))


def _bare(text: str) -> str:
    return "".join(WORDS.findall(text))


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in WORDS.findall(text) for at in range(max(1, len(run) - 1))}
