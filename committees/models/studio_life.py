"""What a studio does besides its cases: its plan of the year, and its activities."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class StudioPlan(models.Model):
    """The plan of a studio for one year 年度计划."""

    studio = models.ForeignKey(
        "committees.Studio", models.CASCADE, related_name="plans", verbose_name=_("studio")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2018), MaxValueValidator(2100)]
    )
    text = models.TextField(_("what is planned"), max_length=4000)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("yearly plan")
        verbose_name_plural = _("yearly plans")
        ordering = ["studio", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["studio", "year"], name="studio_plan_one_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.studio} {self.year}"


class StudioActivity(models.Model):
    """Something a studio did that belongs to no case 工作室活动.

    The public sees it once somebody else than its writer released it.
    """

    class Kind(models.TextChoices):
        RECEPTION = "reception", _("Residents received")
        INSPECTION = "inspection", _("Inspection or research")
        STUDY = "study", _("Study and training")
        SERVICE = "service", _("Service to residents")
        PUBLICITY = "publicity", _("Policy explained")
        OTHER = "other", _("Other")

    studio = models.ForeignKey(
        "committees.Studio", models.CASCADE, related_name="activities", verbose_name=_("studio")
    )
    held_on = models.DateField(_("held on"), default=timezone.localdate)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=60)
    summary = models.TextField(_("what was done"), max_length=1000, blank=True)
    head_count = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    members = models.ManyToManyField(
        "committees.Member", blank=True, related_name="activities", verbose_name=_("members there")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("released by"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("studio activity")
        verbose_name_plural = _("studio activities")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["studio", "-held_on", "-id"], name="activity_studio_held")]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("recorded_by")),
                name="activity_released_by_another",
                violation_error_message=_("Somebody else than the writer releases it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"
