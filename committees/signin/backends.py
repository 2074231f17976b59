"""Whose password it is. Sessions are looked up here too: a switched-off account has none."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from committees.models import User


class AccountBackend(ModelBackend):
    """By user name, in any case or width. No password answers as slowly as a wrong one."""

    def authenticate(self, request, username=None, password=None, **ignored):
        user = User.objects.filter(username=username or "").first()
        if user is None:
            User().set_password(password)
            return None
        right = user.check_password(password)
        return user if right and self.user_can_authenticate(user) else None
