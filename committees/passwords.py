"""What a password must be, besides Django's own rules; named in the settings.

The page tells the rules in one sentence of its own: `committees.signin.forms.RULES`.
"""

from __future__ import annotations

import re

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.grants import ADMINISTRATORS
from committees.models import UsedPassword, User

# Everybody's first guess here, as typed on a keyboard.
WORDS = ("tongxinyuan", "zhengxie", "xieshang", "yunnan", "cppcc", "weiyuan", "yuanba", "admin")


def is_administrator(user: User) -> bool:
    """Whether somebody runs the site, in whatever region."""
    return user.is_superuser or (
        user.pk is not None and user.grants.in_force().filter(role__in=ADMINISTRATORS).exists()
    )


class LongEnough:
    """At least so many characters; more for administrators."""

    def __init__(self, least: int, administrators: int) -> None:
        self.least, self.administrators = least, administrators

    def validate(self, password: str, user: User | None = None) -> None:
        least = self._least(user)
        if len(password) < least:
            raise ValidationError(self._told(least), code="password_too_short")

    def _least(self, user: User | None) -> int:
        known = user is not None and is_administrator(user)
        return self.administrators if known else self.least

    def _told(self, least: int) -> str:
        return ngettext(
            "The password is too short: it needs at least %(least)s character.",
            "The password is too short: it needs at least %(least)s characters.",
            least,
        ) % {"least": least}


class NoWordOfThePlace:
    """Not one of the words that everybody tries first, with digits around it."""

    def validate(self, password: str, user: User | None = None) -> None:
        if re.sub(r"[\W\d_]+", "", password.casefold()) in WORDS:
            raise ValidationError(
                _("This password is easy to guess here: take other words."), code="password_of_here"
            )


class NotUsedBefore:
    """None of the last passwords. Their hashes are kept when a password is saved."""

    def __init__(self, last: int) -> None:
        self.last = last

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        if any(check_password(password, used) for used in self._hashes(user)):
            raise ValidationError(
                _("You have used this password before: take a new one."), code="password_used"
            )

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Called by Django after a changed password was saved."""
        if user is None:
            return
        UsedPassword.objects.create(user=user, password=user.password, at=timezone.now())
        kept = user.used_passwords.order_by("-at", "-pk").values_list("pk", flat=True)[: self.last]
        user.used_passwords.exclude(pk__in=list(kept)).delete()

    def _hashes(self, user: User) -> list[str]:
        used = user.used_passwords.order_by("-at", "-pk").values_list("password", flat=True)
        now = User.objects.filter(pk=user.pk).values_list("password", flat=True)
        return list(dict.fromkeys([*now, *used[: self.last]]))
