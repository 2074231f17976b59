"""Once a case is public, what is typed into it is public at once: it is scanned before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from consultations import privacy
from consultations.models import Case
from consultations.workflow.engine import Refused
from consultations.workflow.outcome_guards import resident_names


def screen(case: Case, typed: Any) -> None:
    """Raise `Refused` where words typed for a public case hold what must not be published.

    `typed` is text, or rows and lists of it; what is no text is passed over.
    """
    if not case.is_public:
        return
    if found := privacy.findings("\n".join(_texts(typed)), names=resident_names(case)):
        raise Refused([_("Personal data in the public text: %s.") % "、".join(found)])


def _texts(typed: Any) -> Iterator[str]:
    if isinstance(typed, str):
        yield typed
    elif isinstance(typed, Mapping | list | tuple):
        values: Iterable[Any] = typed.values() if isinstance(typed, Mapping) else typed
        for value in values:
            yield from _texts(value)
