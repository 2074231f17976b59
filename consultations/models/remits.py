"""What a unit answers for 职责: which field, at which level, in which place, since and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import RemitLevel


class RemitQuerySet(models.QuerySet):
    def in_force(self, *, on=None):
        today = on or timezone.localdate()
        began = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
        return self.filter(began, Q(valid_until__isnull=True) | Q(valid_until__gte=today))


class Remit(models.Model):
    """One line of a unit's duty list. The free words of the unit stand beside it.

    A line holds for its region and everything below; the level is that of the matters, not of the
    unit: a county bureau may answer for matters of a township. Lines are ended, not removed.
    """

    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.CASCADE,
        related_name="remits",
        verbose_name=_("handling unit"),
    )
    field = models.ForeignKey(
        "consultations.TopicField", models.PROTECT, related_name="+", verbose_name=_("field")
    )
    level = models.CharField(_("level of the matters"), max_length=8, choices=RemitLevel)
    region = models.ForeignKey(
        "committees.Region",
        models.PROTECT,
        related_name="+",
        verbose_name=_("region"),
        help_text=_("Holds here and everywhere below."),
    )
    note = models.CharField(_("note"), max_length=120, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = RemitQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a remit")
        verbose_name_plural = _("lines of remits")
        ordering = ["unit", "pk"]
        indexes = [models.Index(fields=["region", "field"], name="remit_region_field")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "field", "level", "region"],
                condition=Q(valid_until__isnull=True),
                name="remit_once_in_force",
                violation_error_message=_("The unit has this remit already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="remit_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.field}"
