"""What is typed into a public case: scanned before it is kept, and looked at by a second person.

What goes on (a step, a follow-up, a checked promise) is scanned and told at once. An edit of words
that the page shows takes the case back until somebody else has released it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from django.db.models import Q
from django.utils.translation import gettext as _

from committees.models import User
from consultations import privacy
from consultations.models import AgreedItem, Case, FieldVisit, Meeting
from consultations.selectors.shown import shown_words
from consultations.workflow.engine import Refused
from consultations.workflow.outcome_guards import resident_names

Edit = TypeVar("Edit", bound=Callable[..., Any])


def released_anew(edit: Edit) -> Edit:
    """Marks a service that edits a record: where it changed words of the public page, the case
    waits for a second person. Stands below `transaction.atomic`."""

    @wraps(edit)
    def watched(
        subject: Case | Meeting | AgreedItem | FieldVisit, *, by: User, **typed: Any
    ) -> Any:
        case = subject if isinstance(subject, Case) else Case.objects.get(pk=subject.case_id)
        before = shown_words(case)
        done = edit(subject, by=by, **typed)
        if shown_words(case) != before:
            take_back(case, by=by)
        return done

    return cast(Edit, watched)


def take_back(case: Case, *, by: User) -> None:
    """Hide the case until somebody else than `by`, who wrote last, releases its words."""
    written = Q(is_public=True) | ~Q(public_summary="")
    Case.objects.filter(written, pk=case.pk).update(is_public=False, summary_by=by)
    case.refresh_from_db(fields=["is_public", "summary_by"])


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
