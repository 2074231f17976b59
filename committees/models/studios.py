"""Places where consultation lives: studios, rooms, and who sits there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.models.codes import HELP as CODE_HELP
from committees.models.codes import CodeField
from committees.models.sources import Origin
from committees.partial_dates import PartialDateField


class StudioManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Studio(models.Model):
    """A members' studio 委员工作室."""

    class Kind(models.TextChoices):
        SECTOR = "sector", _("Sector studio")
        UNIT = "unit", _("Unit studio")
        AREA = "area", _("Area studio")
        PERSONAL = "personal", _("Personal studio")

    code = CodeField(_("code"), unique=True, blank=True, help_text=CODE_HELP)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, blank=True)
    committee = models.ForeignKey(
        "committees.Committee", models.PROTECT, related_name="studios", verbose_name=_("committee")
    )
    region = models.ForeignKey(
        "committees.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="studios",
        verbose_name=_("region"),
    )
    special_committee = models.ForeignKey(
        "committees.SpecialCommittee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="studios",
        verbose_name=_("special committee"),
    )
    sector = models.ForeignKey(
        "committees.Sector", models.PROTECT, null=True, blank=True, verbose_name=_("sector")
    )
    description = models.TextField(_("what it does"), max_length=2000, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=80, blank=True)
    phone = models.CharField(_("office phone"), max_length=30, blank=True)
    opened_on = PartialDateField(_("opened"))
    closed_on = PartialDateField(_("closed"))
    origin = models.CharField(_("origin"), max_length=9, choices=Origin, default=Origin.ENTERED)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    objects = StudioManager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("studio")
        verbose_name_plural = _("studios")
        ordering = ["committee", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin="reported") | Q(citation__isnull=False),
                name="studio_reported_has_source",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self):
        return (self.code,)


class StudioSeat(models.Model):
    """Somebody's place in a studio, with dates: director 主任, liaison officer 联络员, member."""

    class Kind(models.TextChoices):
        DIRECTOR = "director", _("Director")
        LIAISON = "liaison", _("Liaison officer")
        MEMBER = "member", _("Member")

    studio = models.ForeignKey(
        Studio, models.CASCADE, related_name="seats", verbose_name=_("studio")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("person's name"), max_length=30)
    post = models.CharField(_("main post"), max_length=60, blank=True)
    member = models.ForeignKey(
        "committees.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="studio_seats",
        verbose_name=_("member"),
    )
    valid_from = PartialDateField(_("valid from"))
    valid_until = PartialDateField(_("valid until"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("studio seat")
        verbose_name_plural = _("studio seats")
        ordering = ["studio", "kind", "pk"]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"


class RoomManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Room(models.Model):
    """A deliberation room 协商议事室, fixed or mobile."""

    class Kind(models.TextChoices):
        FIXED = "fixed", _("Fixed")
        MOBILE = "mobile", _("Mobile")

    code = CodeField(_("code"), unique=True, blank=True, help_text=CODE_HELP)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, blank=True)
    committee = models.ForeignKey(
        "committees.Committee", models.PROTECT, related_name="rooms", verbose_name=_("committee")
    )
    region = models.ForeignKey(
        "committees.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rooms",
        verbose_name=_("region"),
    )
    studio = models.ForeignKey(
        Studio,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rooms",
        verbose_name=_("studio"),
    )
    address = models.CharField(_("address"), max_length=120, blank=True)
    description = models.TextField(_("what it is"), max_length=2000, blank=True)
    opened_on = PartialDateField(_("opened"))
    closed_on = PartialDateField(_("closed"))
    origin = models.CharField(_("origin"), max_length=9, choices=Origin, default=Origin.ENTERED)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    objects = RoomManager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("deliberation room")
        verbose_name_plural = _("deliberation rooms")
        ordering = ["committee", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin="reported") | Q(citation__isnull=False),
                name="room_reported_has_source",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self):
        return (self.code,)
