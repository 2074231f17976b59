"""The short guides on the desk: who has put which one away."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Role


class GuidePutAway(models.Model):
    """Somebody has read the guide of a role on the desk and does not need it there any more."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    put_away_at = models.DateTimeField(_("put away"), default=timezone.now)

    class Meta:
        verbose_name = _("guide put away")
        verbose_name_plural = _("guides put away")
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="guide_put_away_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="guide_put_away_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
