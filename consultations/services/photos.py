"""A photo that goes with a step: kept among the files of the case, inside until it is released."""

from __future__ import annotations

from consultations.models import Attachment
from consultations.workflow.engine import Ask


def keep_photo(ask: Ask) -> dict[str, int]:
    """Keep the picture of a step, if there is one (`uploads.checked_photo`); the fact for its line."""
    photo = ask.given("photo")
    if not photo:
        return {}
    kept = Attachment.objects.create(
        case=ask.subject.case,
        kind=Attachment.Kind.PHOTO,
        title=ask.subject.title[:80],
        file=photo,
        uploaded_by=ask.by,
    )
    return {"photo": kept.pk}
