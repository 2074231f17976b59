"""Write down which letters are to go out; `posting` sends them, in the worker.

Letters go to confirmed addresses alone. What somebody reads in the morning stands in one digest.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from committees.models import MailAddress, RoleGrant, User
from consultations import calendar
from consultations.models import Delivery, Notice, NoticeChoice
from consultations.models.notices import usual
from consultations.selectors.at_risk import SUPERVISORS, at_risk
from consultations.selectors.deliveries import due_at
from consultations.services import jobs
from consultations.workflow.hearing import NoticeKind

Mail, What = NoticeChoice.Mail, Delivery.What
OLDEST = dt.timedelta(days=14)  # what was not read by then is in no digest any more
LARGEST = 1000  # notices of one digest


def write_at_once(notices: QuerySet[Notice]) -> int:
    """A letter for each of these notices whose reader wants it at once; how many there are."""
    if not settings.MAIL_ON:
        return 0
    reading = MailAddress.objects.confirmed().values("user")
    found = list(notices.filter(recipient__in=reading).order_by("pk"))
    chosen = choices_of({notice.recipient_id for notice in found})
    wanted = [n for n in found if wish(chosen[n.recipient_id], n.kind) == Mail.AT_ONCE]
    if wanted:
        rows = [
            Delivery(recipient_id=one.recipient_id, what=What.NOTICE, notice=one,
                     key=f"notice:{one.pk}")
            for one in wanted
        ]  # fmt: skip
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        jobs.send_letters.enqueue()
    return len(wanted)


def write_confirmation(address: MailAddress) -> None:
    """The letter with the link that says: this address is mine."""
    key = f"confirm:{address.pk}:{int(address.asked_at.timestamp())}"
    Delivery.objects.get_or_create(
        key=key, defaults={"recipient_id": address.user_id, "what": What.CONFIRM}
    )
    jobs.send_letters.enqueue()


def choices_of(people: Iterable[int]) -> dict[int, dict[str, str]]:
    """What each of these people has chosen: kind -> way."""
    chosen: dict[int, dict[str, str]] = defaultdict(dict)
    rows = NoticeChoice.objects.filter(user__in=list(people))
    for user_pk, kind, mail in rows.values_list("user", "kind", "mail"):
        chosen[user_pk][kind] = mail
    return chosen


def wish(chosen: dict[str, str], kind: str) -> str:
    """The way chosen for a kind, or the usual one."""
    return chosen.get(kind) or usual(kind)


def due() -> Iterator[int]:
    """For the daily command: the digests of this morning; and whoever failed is tried again."""
    yield write_digests()
    if Delivery.objects.filter(due_at(timezone.now())).exists():
        jobs.send_letters.enqueue()


def write_digests() -> int:
    """One for each person with something unread, once on a working day; how many were written."""
    now = timezone.localtime()
    if not settings.MAIL_ON or now.hour < settings.DIGEST_HOUR:
        return 0
    if not calendar.is_working_day(now.date()):
        return 0
    return sum(_write_digest(user, now) for user in _without_digest(now))


def _without_digest(now: dt.datetime) -> Iterator[User]:
    """People with a confirmed address who had no digest today and may have something to be told."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    had = Delivery.objects.filter(recipient=OuterRef("pk"), what=What.DIGEST, created_at__gte=today)
    unread = Notice.objects.filter(
        recipient=OuterRef("pk"), read_at=None, digest=None, created_at__gte=now - OLDEST
    )
    watching = RoleGrant.objects.in_force().filter(user=OuterRef("pk"), role__in=SUPERVISORS)
    people = User.objects.filter(pk__in=MailAddress.objects.confirmed().values("user"))
    people = people.filter(~Exists(had)).filter(Exists(unread) | Exists(watching))
    yield from people.order_by("pk").iterator()


@transaction.atomic
def _write_digest(user: User, now: dt.datetime) -> int:
    chosen = choices_of([user.pk])[user.pk]
    kinds = [kind for kind in NoticeKind.values if wish(chosen, kind) == Mail.DIGEST]
    unread = Notice.objects.filter(recipient=user, read_at=None, digest=None, kind__in=kinds)
    unread = unread.filter(created_at__gte=now - OLDEST).order_by("-created_at", "-pk")
    keys = list(unread.values_list("pk", flat=True)[:LARGEST])
    watches = wish(chosen, NoticeKind.OVERDUE) != Mail.NEVER
    if not keys and not (watches and at_risk(user).is_any):
        return 0
    key = f"digest:{user.pk}:{now.date().isoformat()}"
    letter, is_new = Delivery.objects.get_or_create(
        key=key, defaults={"recipient": user, "what": What.DIGEST}
    )
    if is_new:
        Notice.objects.filter(pk__in=keys).update(digest=letter)
    return int(is_new)
