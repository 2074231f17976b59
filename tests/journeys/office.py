"""The work on the staff site: the steps by their buttons, and how they are refused to others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from consultations.models import Case, Event, Task
from tests.journeys.pages import Page
from tests.journeys.visitors import Colleague

Subject = Case | Task


def record_of(subject: Subject) -> str:
    kind = "case" if isinstance(subject, Case) else "task"
    return f"/admin/consultations/{kind}/{subject.pk}/change/"


def part_of(subject: Subject, part: str) -> str:
    return record_of(subject).replace("change/", part)


def take(
    subject: Subject, action: str, by: Colleague, *, wrong: Iterable[Colleague] = (), **typed: Any
) -> Page:
    """Everybody wrong is refused first; then the right person takes the step by its button."""
    for other in wrong:
        refuse(subject, action, other, **typed)
    by.open(record_of(subject))
    by.follow(part_of(subject, f"step/{action}/"))
    page = by.send("save", box="version", **typed)
    assert page.path == record_of(subject), f"{action} by {by}: {page.complaints}"
    subject.refresh_from_db()
    return page


def mistake(subject: Subject, action: str, by: Colleague, **typed: Any) -> Page:
    """The right person sends something wrong: told on the same form, and nothing has changed."""
    subject.refresh_from_db()
    before = standing(subject)
    by.open(part_of(subject, f"step/{action}/"))
    page = by.send("save", box="version", **typed)
    assert (page.status, page.path) == (200, part_of(subject, f"step/{action}/"))
    assert page.complaints
    assert standing(subject) == before, f"{by} could {action}"
    return page


def refuse(subject: Subject, action: str, person: Colleague, **typed: Any) -> Page:
    """No open button, and what is sent by hand meets a 404 or a reason, and has no effect."""
    subject.refresh_from_db()
    before = standing(subject)
    record = person.open(record_of(subject))
    assert record.status in (200, 404)
    assert not record.has_link(part_of(subject, f"step/{action}/")), f"{person} is offered {action}"
    data = {"version": subject.version, "save": "1"} | typed
    page = person.post(part_of(subject, f"step/{action}/"), data)
    assert page.status == 404 or page.complaints, f"{person} sent {action}: {page.text[:300]}"
    assert standing(subject) == before, f"{person} could {action}"
    return page


def write(subject: Subject, part: str, by: Colleague, *, wrong: Iterable[Colleague] = (), **typed):
    """Fill in one of the other forms of a record; the wrong people do not find it."""
    for other in wrong:
        before = standing(subject)
        assert other.open(part_of(subject, part)).status == 404, f"{other} finds {part}"
        assert other.post(part_of(subject, part), {"save": "1"} | typed).status == 404
        assert standing(subject) == before
    by.open(record_of(subject))
    by.follow(part_of(subject, part))
    page = by.send("save", **typed)
    assert page.path == record_of(subject), f"{part} by {by}: {page.complaints}"
    subject.refresh_from_db()
    return page


def hidden_from(person: Colleague, subject: Subject) -> bool:
    return person.open(record_of(subject)).status == 404


def standing(subject: Subject) -> tuple:
    """All that a refused attempt must leave as it is."""
    case = subject if isinstance(subject, Case) else subject.case
    kept = Case.objects.values_list("stage", "version", "is_public", "title").get(pk=case.pk)
    tasks = tuple(case.tasks.order_by("pk").values_list("state", "version"))
    return kept, tasks, Event.objects.count()
