"""What differs from place to place, inherited downward along the regions."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Parameter(models.Model):
    """One local value of a rule (a time limit, a gate, a number prefix), from a date on.

    The keys, their kinds and defaults are `committees.parameters.DEFAULTS`.
    """

    region = models.ForeignKey(
        "committees.Region", models.CASCADE, related_name="parameters", verbose_name=_("region")
    )
    key = models.CharField(_("rule"), max_length=40)
    value = models.JSONField(_("value"))
    effective_from = models.DateField(_("effective from"), default=timezone.localdate)
    basis = models.CharField(_("basis (document)"), max_length=120, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("local rule")
        verbose_name_plural = _("local rules")
        ordering = ["region", "key", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "key", "effective_from"], name="parameter_unique_from_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.key}"


class ResultMeaning(models.TextChoices):
    """The four meanings behind the local result classes (A/B/C/D) of a reply."""

    SOLVED = "solved", _("Solved")
    IN_PLAN = "in_plan", _("In plan")
    DEFERRED = "deferred", _("Cannot be done for now")
    REFERENCE = "reference", _("Kept for reference")


class ResultClass(models.Model):
    """A local result class 办理结果分类 of replies, mapped to one fixed meaning."""

    region = models.ForeignKey(
        "committees.Region",
        models.CASCADE,
        related_name="result_classes",
        verbose_name=_("region"),
    )
    code = models.CharField(_("class"), max_length=4)
    label = models.CharField(_("label"), max_length=40)
    meaning = models.CharField(_("meaning"), max_length=9, choices=ResultMeaning)

    class Meta:
        verbose_name = _("result class")
        verbose_name_plural = _("result classes")
        ordering = ["region", "code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="result_class_unique_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class EmptyPhrase(models.Model):
    """Words 空话套话 with which a reply says nothing. They are pointed out, never forbidden."""

    region = models.ForeignKey(
        "committees.Region",
        models.CASCADE,
        related_name="empty_phrases",
        verbose_name=_("region"),
    )
    phrase = models.CharField(_("phrase"), max_length=30)

    class Meta:
        verbose_name = _("empty phrase")
        verbose_name_plural = _("empty phrases")
        ordering = ["region", "phrase"]
        constraints = [
            models.UniqueConstraint(fields=["region", "phrase"], name="empty_phrase_unique")
        ]

    def __str__(self) -> str:
        return self.phrase
