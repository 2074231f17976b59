"""Internal notes: written once however often the form was sent, and who opened those meant for him."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.grants import INTERNAL
from committees.models import User
from consultations.models import Case, Note, Notice
from consultations.permissions import roles_on
from consultations.services import notices
from consultations.services.notices import Telling
from consultations.workflow.engine import Refused
from consultations.workflow.hearing import NoticeKind


@transaction.atomic
def write_note(
    case: Case,
    *,
    by: User,
    text: str,
    mentions: Iterable[User] = (),
    pinned: bool = False,
    form_token: str = "",
) -> Note:
    """Keep an internal note. Not a step, so no line of history and no new version.

    The same words from the same form are one note. Whoever it mentions has to be able to read it.
    """
    people = list(mentions)
    _check(case, by=by, people=people)
    token = _token(case, by, text, form_token) if form_token else None
    try:
        with transaction.atomic():
            note = Note.objects.create(
                case=case, text=text, is_pinned=pinned, author=by, form_token=token
            )
    except IntegrityError:
        return Note.objects.get(form_token=token)
    note.mentions.set(people)
    _tell(note)
    return note


def _tell(note: Note) -> None:
    """Each of those it is meant for, once; not whoever wrote it. The words stay in the note."""
    people = set(note.mentions.values_list("pk", flat=True)) - {note.author_id}
    telling = Telling(NoticeKind.MENTIONED, f"note:{note.pk}", note.case)
    notices.write([(telling, people)])


def _check(case: Case, *, by: User, people: Iterable[User]) -> None:
    if not roles_on(by, case) & set(INTERNAL):
        raise Refused([_("You may not change this record.")])
    blind = [person for person in people if not roles_on(person, case) & set(INTERNAL)]
    if blind:
        raise Refused([_("%s may not read the notes of this case.") % blind[0]])


def _token(case: Case, by: User, text: str, form_token: str) -> str:
    parts = "\0".join([form_token, str(case.pk), str(by.pk), text])
    return hashlib.sha256(parts.encode()).hexdigest()[:40]


def mark_opened(case: Case, *, by: User) -> None:
    """The notes of this case that mention the person have been seen, and so have their notices.
    Seen twice is seen once."""
    new = Note.objects.filter(case=case, mentions=by).exclude(opened_by=by)
    opened = Note.opened_by.through
    rows = [
        opened(note_id=pk, user_id=by.pk) for pk in new.order_by("pk").values_list("pk", flat=True)
    ]
    opened.objects.bulk_create(rows, ignore_conflicts=True)
    told = Notice.objects.filter(recipient=by, case=case, kind=NoticeKind.MENTIONED, read_at=None)
    told.update(read_at=timezone.now())
