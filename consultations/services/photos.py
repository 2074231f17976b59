"""A photo that goes with a step: kept among the files of the case, inside until it is released."""

from __future__ import annotations

from typing import Any

from consultations.models import Attachment
from consultations.workflow.engine import Ask


def keep_photo(ask: Ask, *, photo: Any = None) -> dict[str, int]:
    """Keep the picture of a step, if there is one (`uploads.checked_photo`); the fact for its line."""
    photo = photo or ask.given("photo")
    if not photo:
        return {}
    kept = Attachment.objects.create(
        case=getattr(ask.subject, "case", ask.subject),
        kind=Attachment.Kind.PHOTO,
        title=ask.subject.title[:80],
        file=photo,
        uploaded_by=ask.by,
    )
    return {"photo": kept.pk}
