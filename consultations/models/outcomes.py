from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDateField


class Exactness(models.TextChoices):
    """How exactly a number is stated: 近 / 余、多、超过 / 以上、至少、不少于 / 约."""

    EXACT = "exact", _("exact")
    NEARLY = "nearly", _("nearly")
    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")
    ABOUT = "about", _("about")


class OutcomeMetric(models.Model):
    """A figure that shows the result 成效指标: before and after, or only after, with its unit."""

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="metrics", verbose_name=_("case")
    )
    item = models.ForeignKey(
        "consultations.AgreedItem",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="metrics",
        verbose_name=_("agreed item"),
    )
    name = models.CharField(_("what is measured"), max_length=60)
    before = models.DecimalField(
        _("before"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    after = models.DecimalField(_("after"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=12)
    exactness = models.CharField(
        _("exactness"), max_length=9, choices=Exactness, default=Exactness.EXACT
    )
    measured_on = PartialDateField(_("measured"))
    is_headline = models.BooleanField(_("show in lists"), default=False)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("outcome figure")
        verbose_name_plural = _("outcome figures")
        ordering = ["case", "-is_headline", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(is_headline=True), name="metric_one_headline"
            ),
            models.CheckConstraint(
                condition=models.Q(before__isnull=False) | models.Q(after__isnull=False),
                name="metric_has_a_value",
                violation_error_message=_("Enter at least one of before and after."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FundLine(models.Model):
    """Money for the result 资金落实: from where, how much asked, how much granted (yuan)."""

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="funds", verbose_name=_("case")
    )
    name = models.CharField(_("funds"), max_length=80)
    granted = models.DecimalField(
        _("granted (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    granted_on = PartialDateField(_("date"))
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("funds")
        verbose_name_plural = _("funds")
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return self.name
