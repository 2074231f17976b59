"""What the public sees: the text written by one person, released by a second, hidden at once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.grants import EDITORS
from committees.models import User
from consultations.models import Case
from consultations.permissions import roles_on
from consultations.services import search
from consultations.services.history import line
from consultations.services.steps import Effect, JustChanged, Outcome
from consultations.workflow.engine import Ask, Refused


@transaction.atomic
def write_public_text(
    case: Case, *, by: User, public_summary: str, result: str, version: int
) -> None:
    """Write the summary and the result. New words wait for a second person's release again.

    Raises `Refused` when the person is no editor of the case, `JustChanged` when it is stale.
    """
    role = next((role for role in EDITORS if role in roles_on(by, case)), None)
    if role is None:
        raise Refused([_("This step is taken by somebody else.")])
    now = timezone.now()
    changed = Case.objects.filter(pk=case.pk, version=version).update(
        public_summary=public_summary,
        result=result,
        summary_by=by,
        is_public=False,
        version=version + 1,
        updated_at=now,
    )
    if not changed:
        raise JustChanged
    case.refresh_from_db()
    line(case, "write_public_text", by=by, role=role)
    search.index(case)


def publish(ask: Ask) -> Outcome:
    now = timezone.now()
    return Outcome({"is_public": True, "published_at": now, "listed_at": now})


def restrict(ask: Ask) -> Outcome:
    """Hidden at once from the public and from the units: the selectors see `restricted_at`."""
    return Outcome({"is_public": False, "restricted_at": timezone.now()})


def lift_restriction(ask: Ask) -> Outcome:
    return Outcome({"restricted_at": None})


EFFECTS: dict[str, Effect] = {
    "publish": publish,
    "restrict": restrict,
    "lift_restriction": lift_restriction,
}
