"""Tell of due dates that moved together: each person concerned once, however many moved."""

from __future__ import annotations

from collections.abc import Iterable

from consultations.models import Event, Task
from consultations.permissions import Subject
from consultations.services import notices
from consultations.services.hearers import Hearers
from consultations.services.notices import Telling
from consultations.workflow.hearing import NoticeKind, Party


class Concerned:
    """Whose dates moved: the unit of a task, and who stands behind a case. Of each person the first
    record is kept, and how many others there are."""

    def __init__(self) -> None:
        self.first: dict[int, Subject] = {}
        self.others: dict[int, int] = {}

    def add(self, moved: Iterable[Subject]) -> None:
        subjects = list(moved)
        hearers = Hearers(subjects)
        for subject in subjects:
            own = Party.UNIT if isinstance(subject, Task) else Party.PROPOSERS
            for person in hearers.party(subject, own):
                if person in self.first:
                    self.others[person] = self.others.get(person, 0) + 1
                else:
                    self.first[person] = subject

    def tell(self, event: Event) -> int:
        """In the transaction of the moves; `event` is the first line of them. Whoever moved them is
        not told."""
        self.first.pop(event.actor_id or 0, None)
        key = f"moved:{event.pk}"
        return notices.write(
            (
                Telling(
                    NoticeKind.DATES_MOVED, key, subject, event.action,
                    others=self.others.get(person, 0),
                ),
                {person},
            )
            for person, subject in sorted(self.first.items(), key=lambda one: one[0])
        )  # fmt: skip
