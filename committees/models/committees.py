from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitteeManager(models.Manager):
    def get_by_natural_key(self, region):
        return self.get(region_id=region)


class Committee(models.Model):
    """A CPPCC committee 政协 of a province, prefecture or county: one per region."""

    region = models.OneToOneField(
        "committees.Region", models.PROTECT, related_name="committee", verbose_name=_("region")
    )
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=30)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("committee above"),
    )
    is_demo = models.BooleanField(_("demonstration"), default=False)

    objects = CommitteeManager()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["region"]

    def __str__(self) -> str:
        return self.short_name

    def natural_key(self):
        return (self.region_id,)

    natural_key.dependencies = ["committees.region"]


class SpecialCommitteeManager(models.Manager):
    def get_by_natural_key(self, committee, name):
        return self.get(committee__region_id=committee, name=name)


class SpecialCommittee(models.Model):
    """A working committee 专委会 of a CPPCC committee."""

    committee = models.ForeignKey(
        Committee, models.CASCADE, related_name="special_committees", verbose_name=_("committee")
    )
    name = models.CharField(_("name"), max_length=60)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    objects = SpecialCommitteeManager()

    class Meta:
        verbose_name = _("special committee")
        verbose_name_plural = _("special committees")
        ordering = ["committee", "name"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="special_committee_unique")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self):
        return (self.committee.region_id, self.name)

    natural_key.dependencies = ["committees.committee"]


class SectorManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Sector(models.Model):
    """A sector 界别 that members represent."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = SectorManager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self):
        return (self.code,)
