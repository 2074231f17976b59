"""What is remembered to slow guessing down: counted tries and used passwords."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TryCountQuerySet(models.QuerySet):
    def locked(self, at=None):
        """Who cannot sign in just now."""
        signing_in = [TryCount.Kind.ACCOUNT, TryCount.Kind.ADDRESS]
        return self.filter(kind__in=signing_in, locked_until__gt=at or timezone.now())


class TryCount(models.Model):
    """What was done within the time of a limit, by one account or one network.

    `key` is a keyed digest: what is typed into the box of a name may be a password. `moments` are
    seconds since 1970, the oldest first. committees.services.limits writes it.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("Account")
        ADDRESS = "address", _("Network address")
        PROPOSAL = "proposal", _("Topics of residents")
        TRACKING = "tracking", _("Query codes")
        LINK = "link", _("Links of supervisors")  # and the one-time links of accounts
        SUPERVISING = "supervising", _("Answers of supervisors")
        API = "api", _("Interface for machines")
        EXPORT = "export", _("Lists written out")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    key = models.CharField(max_length=64, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    address = models.CharField(_("network address"), max_length=45, blank=True)
    moments = models.JSONField(default=list, editable=False)
    locked_until = models.DateTimeField(_("locked until"), null=True)
    changed_at = models.DateTimeField(_("last try"), default=timezone.now)

    objects = TryCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("locked sign-in")
        verbose_name_plural = _("locked sign-ins")
        ordering = ["-locked_until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="try_count_once"),
        ]
        indexes = [
            models.Index(fields=["locked_until"], name="try_count_locked"),
            models.Index(fields=["changed_at"], name="try_count_changed"),
        ]

    def __str__(self) -> str:
        return str(self.user or self.address or _("a name nobody has"))


class UsedPassword(models.Model):
    """The hash of a password somebody had, so that it is not taken again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="used_passwords"
    )
    password = models.CharField(max_length=128)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("used password")
        verbose_name_plural = _("used passwords")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at", "-id"], name="used_password_latest")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d}"
