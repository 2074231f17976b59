"""The pictures of a case that somebody may look at: those who see inside all, a unit its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from committees.models import RoleGrant, User
from consultations.models import Attachment, Case, Event, Task
from consultations.selectors.cases import tasks_for

MOST = 24
PICTURES = Q(kind=Attachment.Kind.PHOTO, erased_at=None)


def photos_for(
    user: User, case: Case, *, grants: Iterable[RoleGrant], inside: bool
) -> QuerySet[Attachment]:
    """The newest first; `inside` as `permissions.sees_inside` tells. A unit sees what came with the
    steps of its own tasks."""
    photos = case.attachments.filter(PICTURES).select_related("uploaded_by")
    if not inside:
        own = tasks_for(user, grants=grants).filter(case=case)
        photos = photos.filter(pk__in=_with_steps_of(own))
    return photos.order_by("-pk")


def photos_of_task(task: Task) -> list[Attachment]:
    """What came with the steps of one task, the newest first."""
    keys = _with_steps_of(Task.objects.filter(pk=task.pk))
    photos = Attachment.objects.filter(PICTURES, case=task.case_id, pk__in=keys)
    return list(photos.select_related("uploaded_by").order_by("-pk")[:MOST])


def _with_steps_of(tasks: QuerySet[Task]) -> list[int]:
    """The keys in the lines of history of these tasks."""
    told = Event.objects.filter(task__in=tasks, data__has_key="photo")
    return [key for key in told.values_list("data__photo", flat=True) if isinstance(key, int)]
