"""The files that the public sees on a case, and where one was taken down."""

from __future__ import annotations

from django.db.models import Q

from consultations.models import Attachment
from consultations.selectors.cases import public_cases

# What the page of a case tells of: files that are released, and those that were and are not now.
TOLD = Q(is_public=True) | Q(hidden_at__isnull=False)


def public_file(case: int, key: str) -> Attachment | None:
    """The released file of a public case behind this address, or None."""
    released = Attachment.objects.filter(case__in=public_cases().filter(pk=case), is_public=True)
    return released.filter(public_key=key).first()
