from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models import Origin
from committees.partial_dates import PartialDateField


class CampaignManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Campaign(models.Model):
    """A brand or campaign 专项行动/品牌 that cases are consulted under (协商在基层, 院坝协商 …)."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="campaigns",
        verbose_name=_("committee"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    description = models.TextField(_("what it is"), max_length=2000, blank=True)
    formula = models.CharField(_("local formula"), max_length=40, blank=True)
    started_on = PartialDateField(_("started"))
    ended_on = PartialDateField(_("ended"))
    origin = models.CharField(_("origin"), max_length=9, choices=Origin, default=Origin.ENTERED)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    objects = CampaignManager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["committee", "code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin="reported") | Q(citation__isnull=False),
                name="campaign_reported_has_source",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self):
        return (self.code,)


class CampaignTarget(models.Model):
    """A target of a campaign: what is to be reached, how many, by when."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="targets", verbose_name=_("campaign")
    )
    name = models.CharField(_("target"), max_length=80)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=12, blank=True)
    due_on = PartialDateField(_("due"))
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("campaign target")
        verbose_name_plural = _("campaign targets")
        ordering = ["campaign", "pk"]

    def __str__(self) -> str:
        return self.name
