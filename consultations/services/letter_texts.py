"""The words of letters: a line and a link. No matter's title, no person's name."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.models import MailAddress
from consultations.models import Delivery
from consultations.selectors.at_risk import MOST, at_risk
from consultations.workflow.hearing import NoticeKind

What = Delivery.What
SALT = "consultations.mail-address"


def compose(letter: Delivery) -> EmailMessage | None:
    """The letter as it stands now; None where it is not needed any more, or has no address."""
    address = MailAddress.objects.filter(user=letter.recipient_id, user__is_active=True).first()
    if address is None or (address.confirmed_at is None) is not (letter.what == What.CONFIRM):
        return None
    made = {What.NOTICE: _of_notice, What.DIGEST: _of_digest, What.CONFIRM: _of_confirmation}
    words = made[What(letter.what)](letter, address)
    if words is None:
        return None
    subject, lines = words
    headers = {"Message-ID": message_id(letter), "Auto-Submitted": "auto-generated"}
    body = "\n\n".join([*lines, _foot()]) if letter.what != What.CONFIRM else "\n\n".join(lines)
    return EmailMessage(subject, body, to=[address.address], headers=headers)


def message_id(letter: Delivery) -> str:
    """The same each time this letter is tried."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<letter-{letter.pk}.{letter.created_at:%Y%m%d%H%M%S}@{host}>"


def token_of(address: MailAddress) -> str:
    """What the link of a confirmation carries: good for this address, asked for at this time."""
    return signing.dumps(
        {"pk": address.pk, "at": address.asked_at.isoformat()}, salt=SALT, compress=True
    )


def link(name: str, *args: object) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _foot() -> str:
    told = _("This letter names no matter and no person; please sign in to read. "
             "What is sent to you you choose here: %s")  # fmt: skip
    return told % link("my:notice_choices")


def _of_notice(letter: Delivery, address: MailAddress) -> tuple[str, list[str]] | None:
    notice = letter.notice
    if notice is None or notice.read_at is not None:
        return None
    kind = notice.get_kind_display()
    subject = _("Tongxinyuan: %s") % kind
    if notice.case.is_demo:
        subject = _("(Demonstration) %s") % subject
    return subject, [kind, link("my:notices")]


def _of_digest(letter: Delivery, address: MailAddress) -> tuple[str, list[str]] | None:
    """How much of what, and what is late in the person's reach."""
    unread = letter.notices.filter(read_at=None).values_list("kind", flat=True)
    counted = Counter(unread)
    lines = [f"{kind.label}：{counted[kind]}" for kind in NoticeKind if counted[kind]]
    risk = at_risk(letter.recipient)
    if risk.late:
        lines.append(_("Overdue tasks in your reach: %s") % _upto(risk.late))
    if risk.soon:
        lines.append(_("Due within three working days: %s") % _upto(risk.soon))
    if not lines:
        return None
    subject = _("Tongxinyuan: what waits for you today")
    if letter.recipient.is_demo:
        subject = _("(Demonstration) %s") % subject
    return subject, ["\n".join(lines), link("my:notices")]


def _upto(number: int) -> str:
    return f"{MOST}+" if number >= MOST else str(number)


def _of_confirmation(letter: Delivery, address: MailAddress) -> tuple[str, list[str]]:
    told = _("Somebody asked that letters of Tongxinyuan be sent to this address. If it was you, "
             "please open this link within three days and confirm. If not, do nothing: you will "
             "get no letters.")  # fmt: skip
    return _("Tongxinyuan: please confirm your address"), [
        told,
        link("my:mail_confirm", token_of(address)),
    ]
