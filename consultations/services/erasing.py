"""Files that hold people, erased; what lies on the disk goes when the transaction has committed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from consultations.models import Attachment, Case, Event, SilentLine
from consultations.selectors.silent import lines_naming
from consultations.selectors.traces import GONE


def erase_files(case: Case) -> int:
    """Those in which residents can be recognised; what was released with their consent stays."""
    held = case.attachments.filter(holds_people=True, is_public=False, erased_at=None)
    return sum(erase(file) for file in held.order_by("pk"))


def erase(file: Attachment) -> int:
    """Take one file off for good, also from the public: 1, or 0 where it was gone already."""
    kept = Attachment.objects.filter(pk=file.pk, erased_at=None)
    gone = kept.update(
        file="", title=GONE, alt_text="", erased_at=timezone.now(), is_public=False,
        public_key=None, described_by=None,
    )  # fmt: skip
    name = file.file.name
    if gone and name:
        transaction.on_commit(partial(_delete, file.file.storage, name))
    return gone


def _delete(storage: Storage, name: str) -> None:
    storage.delete(name)


def silence(case: Case, names: Iterable[str]) -> int:
    """Show nobody the words of the lines of history that name these people; how many it were.

    The lines themselves are evidence and written once.
    """
    keys = lines_naming(case, names)
    held = set(SilentLine.objects.filter(event__in=keys).values_list("event", flat=True))
    new = [SilentLine(event=Event(pk=key)) for key in keys if key not in held]
    SilentLine.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
