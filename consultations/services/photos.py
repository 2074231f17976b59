"""A file that goes with a step: kept among the files of the case, inside until it is released."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from consultations.models import Attachment
from consultations.uploads import PHOTOS
from consultations.workflow.engine import Ask


def keep_photo(ask: Ask, *, photo: Any = None) -> dict[str, int]:
    """Keep the picture of a step, if there is one (`uploads.checked_photo`); the fact for its line."""
    photo = photo or ask.given("photo")
    return {"photo": _keep(ask, photo, Attachment.Kind.PHOTO)} if photo else {}


def keep_evidence(ask: Ask) -> dict[str, int]:
    """Keep whatever shows what was found (`uploads.checked`): a picture, or another file."""
    file = ask.given("evidence")
    if not file:
        return {}
    if PurePath(file.name).suffix.lower() in PHOTOS:
        return keep_photo(ask, photo=file)
    return {"file": _keep(ask, file, Attachment.Kind.DOCUMENT)}


def _keep(ask: Ask, file: Any, kind: Attachment.Kind) -> int:
    kept = Attachment.objects.create(
        case=getattr(ask.subject, "case", ask.subject),
        kind=kind,
        title=ask.subject.title[:80],
        file=file,
        uploaded_by=ask.by,
    )
    return kept.pk
