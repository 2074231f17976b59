"""What happens in every story. A story continues a chapter with `yield from`.

Numbers are days before today; negative ones are working days after today.
"""

from consultations.demo.chapters.endings import (
    followed,
    kept,
    measured,
    published,
    rated,
    rated_by_code,
    relapsed,
    worded,
)
from consultations.demo.chapters.handling import Reply, decided, handled, reached, replied
from consultations.demo.chapters.meetings import (
    agreed,
    corrected,
    invited,
    item,
    parted,
    point,
    promise,
    recorded,
    seat,
    task,
)
from consultations.demo.chapters.topics import Topic, approved, logged, proposed, researched
from consultations.demo.chapters.whole import consulted, filed

__all__ = [
    "Reply",
    "Topic",
    "agreed",
    "approved",
    "consulted",
    "corrected",
    "decided",
    "filed",
    "followed",
    "handled",
    "invited",
    "item",
    "kept",
    "logged",
    "measured",
    "parted",
    "point",
    "promise",
    "proposed",
    "published",
    "rated",
    "rated_by_code",
    "reached",
    "recorded",
    "relapsed",
    "replied",
    "researched",
    "seat",
    "task",
    "worded",
]
