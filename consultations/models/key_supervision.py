"""A case that a leader takes under supervision in person 领衔督办, until it is let go."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KeySupervision(models.Model):
    """Which leader follows the case, since when, with what in view, and what came of it."""

    case = models.ForeignKey(
        "consultations.Case",
        models.CASCADE,
        related_name="key_supervisions",
        verbose_name=_("case"),
    )
    leader = models.CharField(_("leader"), max_length=60)
    aim = models.CharField(_("what is followed"), max_length=300)
    began_on = models.DateField(_("since"), default=timezone.localdate)
    ended_on = models.DateField(_("until"), null=True)
    result = models.CharField(_("what came of it"), max_length=300, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("key supervision")
        verbose_name_plural = _("key supervisions")
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_on__isnull=True),
                name="key_supervision_one_open",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="key_supervision_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(result=""),
                name="key_supervision_end_has_result",
            ),
        ]

    def __str__(self) -> str:
        return self.leader
