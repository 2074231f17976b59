from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.models.codes import HELP as CODE_HELP
from committees.models.codes import CodeField
from committees.models.sources import Origin
from committees.sealed import IndexField, SealedCharField


class RemitLevel(models.TextChoices):
    """At which level the matters lie that a unit answers for."""

    VILLAGE = "village", _("Village")
    TOWNSHIP = "township", _("Township")
    COUNTY = "county", _("County")
    ABOVE = "above", _("Prefecture or province")


class HandlingUnitManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class HandlingUnit(models.Model):
    """A unit 承办单位 that tasks are handed to, by remit; units may have units above them."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government department")
        PARTY = "party", _("Party department")
        TOWNSHIP = "township", _("Township or subdistrict")
        VILLAGE = "village", _("Village or community committee")
        PUBLIC = "public", _("Public institution")
        COMPANY = "company", _("Company")
        OTHER = "other", _("Other")

    code = CodeField(_("code"), unique=True, blank=True, help_text=CODE_HELP)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    region = models.ForeignKey(
        "committees.Region", models.PROTECT, related_name="units", verbose_name=_("region")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("unit above"),
    )
    remit = models.CharField(_("remit"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=9, choices=Origin, default=Origin.ENTERED)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    objects = HandlingUnitManager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("handling unit")
        verbose_name_plural = _("handling units")
        ordering = ["region", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="unit_unique_in_region"),
            models.CheckConstraint(
                condition=~Q(origin="reported") | Q(citation__isnull=False),
                name="unit_reported_has_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self):
        return (self.code,)


class UnitContact(models.Model):
    """Who to reach in a unit, with dates: contacts change, the old ones stay on record."""

    unit = models.ForeignKey(
        HandlingUnit, models.CASCADE, related_name="contacts", verbose_name=_("handling unit")
    )
    name = models.CharField(_("person's name"), max_length=30)
    post = models.CharField(_("post"), max_length=60, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=30, blank=True)
    mobile = SealedCharField(_("mobile phone"), max_length=20, blank=True)
    mobile_index = IndexField(of="mobile")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("unit contact")
        verbose_name_plural = _("unit contacts")
        ordering = ["unit", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="unit_contact_ends_after_start",
                violation_error_message=_("The end is before the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"
