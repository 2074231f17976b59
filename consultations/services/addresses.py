"""The mail address of a person: typed, confirmed by the link of a letter, taken away."""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, MailAddress, User
from consultations.models import Delivery
from consultations.services import letter_texts, mailing
from consultations.workflow.engine import Refused

GOOD_FOR = dt.timedelta(days=3)
MOST_A_DAY = 5


@transaction.atomic
def ask(user: User, *, address: str) -> MailAddress:
    """Keep an address and write the letter that asks for its confirmation. Raises `Refused`."""
    since = timezone.now() - dt.timedelta(days=1)
    asked = Delivery.objects.filter(
        recipient=user, what=Delivery.What.CONFIRM, created_at__gte=since
    )
    if len(asked.values_list("pk", flat=True)[:MOST_A_DAY]) == MOST_A_DAY:
        told = _("%s letters of confirmation were asked for today. Please try again tomorrow.")
        raise Refused([told % MOST_A_DAY])
    kept, _new = MailAddress.objects.update_or_create(
        user=user, defaults={"address": address, "asked_at": timezone.now(), "confirmed_at": None}
    )
    mailing.write_confirmation(kept)
    return kept


def asked_by(token: str, *, user: User) -> MailAddress | None:
    """The address that this link confirms, while it is good and the person's own."""
    try:
        told = signing.loads(token, salt=letter_texts.SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    found = MailAddress.objects.filter(user=user, pk=told["pk"]).first()
    fits = found is not None and found.asked_at.isoformat() == told["at"]
    return found if fits else None


@transaction.atomic
def confirm(address: MailAddress) -> None:
    """From now on letters go there. Confirmed twice is confirmed once."""
    same = MailAddress.objects.filter(pk=address.pk, asked_at=address.asked_at, confirmed_at=None)
    if same.update(confirmed_at=timezone.now()):
        audit.record(AuditEntry.Kind.MAIL_CONFIRMED, by=address.user, about=address.user)


@transaction.atomic
def remove(user: User) -> None:
    """No letters any more, at once."""
    if MailAddress.objects.filter(user=user).delete()[0]:
        audit.record(AuditEntry.Kind.MAIL_REMOVED, by=user, about=user)
