"""Checking a one-time code: each is good once, also when it comes twice at the same moment."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare

from committees import audit
from committees.models import AuditEntry, User
from committees.services import sessions

Type = Authenticator.Type


def matching(user: User, code: str) -> Authenticator | None:
    """The second factor that this code belongs to; the code is spent then."""
    found = {row.type: row for row in Authenticator.objects.filter(user=user).order_by("pk")}
    app = found.get(Type.TOTP)
    if app and spend(user, secret=decrypt(app.data["secret"]), code=code):
        return app
    sheet = found.get(Type.RECOVERY_CODES)
    if app and sheet and sheet.wrap().validate_code(code):
        return sheet
    return None


def seal_anew() -> int:
    """Write the secrets of all second factors with the key in use; how many there were."""
    count = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().get(pk=pk)
            for name in {"secret", "seed"} & row.data.keys():
                row.data[name] = encrypt(decrypt(row.data[name]))
            row.save(update_fields=["data"])
        count += 1
    return count


def remove(user: User, *, by: User) -> None:
    """Take the second factor away from somebody who has lost it; the sessions end."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        sessions.end_all(user)
        audit.record(AuditEntry.Kind.SECOND_FACTOR_REMOVED, by=by, about=user)


def spend(user: User, *, secret: str, code: str) -> bool:
    """Whether the code belongs to now, and was not used: later half-minutes only, from then on."""
    for step in totp.yield_hotp_counters_from_time():
        right = totp.format_hotp_value(totp.hotp_value(secret, step))
        if constant_time_compare(right, code):
            unused = User.objects.filter(pk=user.pk, code_step__lt=step)
            return bool(unused.update(code_step=step))
    return False
