"""Decisions on paper: approvals 审批, filings 备案, and the series their numbers come from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Approval(models.Model):
    """One decision on a topic, on field research or on an outcome, with opinion, date and document number."""

    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topic")
        OUTCOME = "outcome", _("Outcome")
        RESEARCH = "research", _("Field research")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="approvals", verbose_name=_("case")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    approved = models.BooleanField(_("approved"))
    opinion = models.CharField(_("opinion"), max_length=500, blank=True)
    number = models.CharField(_("document number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided"), default=timezone.localdate)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    is_substantial = models.BooleanField(
        _("the substance has to change, so consult again"), default=False
    )

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(opinion=""), name="approval_return_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decided_on}"


class Filing(models.Model):
    """The county CPPCC's registration 备案 of an outcome; the number is given automatically."""

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="filings", verbose_name=_("case")
    )
    number = models.CharField(_("filing number"), max_length=60, unique=True)
    filed_on = models.DateField(_("filed"), default=timezone.localdate)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("filed by")
    )

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return self.number


class NumberSeries(models.Model):
    """The last number given in a series; it is raised in the transaction that uses it."""

    key = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")

    def __str__(self) -> str:
        return f"{self.key} {self.last}"
