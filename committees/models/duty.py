"""The duty record 履职档案: contacts with the people of a sector, and the local scheme of weights.

The record itself is not kept anywhere: it is derived from what was done.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class SectorContact(models.Model):
    """A member's contact with the people of the sector 联系界别群众: how many, never who."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit")
        TALK = "talk", _("Group talk")
        RECEPTION = "reception", _("Reception at the studio")
        PHONE = "phone", _("By phone")
        ONLINE = "online", _("Online")

    member = models.ForeignKey(
        "committees.Member", models.CASCADE, related_name="contacts", verbose_name=_("member")
    )
    held_on = models.DateField(_("date"), default=timezone.localdate)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    head_count = models.PositiveIntegerField(
        _("how many people"), validators=[MaxValueValidator(10_000)]
    )
    raised = models.TextField(_("what they raised"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact with the sector")
        verbose_name_plural = _("contacts with the sector")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["member", "-held_on", "-id"], name="contact_member_held")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(head_count__gte=1), name="contact_with_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_kind_display()}"


class DutyKind(models.TextChoices):
    """What a duty record is made of; each kind is counted from what was recorded elsewhere."""

    TOPIC = "topic", _("Topics recommended")
    VISIT = "visit", _("Research before a meeting")
    MEETING = "meeting", _("Deliberation meetings attended")
    STATEMENT = "statement", _("Statements made")
    VERIFICATION = "verification", _("Tasks verified")
    FOLLOW_UP = "follow_up", _("Inspections and follow-ups")
    CONTACT = "contact", _("Contacts with the sector")
    ACTIVITY = "activity", _("Studio activities")
    CONVERSION = "conversion", _("Proposals and opinions written")


class DutyScheme(models.Model):
    """The weights of a county 量化办法, for the private score that only the member and it see."""

    region = models.ForeignKey(
        "committees.Region", models.PROTECT, related_name="duty_schemes", verbose_name=_("region")
    )
    title = models.CharField(_("title"), max_length=60)
    basis = models.CharField(_("basis (document)"), max_length=120, blank=True)
    base = models.DecimalField(_("base points"), max_digits=6, decimal_places=1, default=0)
    cap = models.DecimalField(
        _("most points in all"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("duty scheme")
        verbose_name_plural = _("duty schemes")
        ordering = ["region", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "valid_from"], name="duty_scheme_from_date")
        ]

    def __str__(self) -> str:
        return self.title


class DutyRule(models.Model):
    """Points for each act of one kind, up to a cap."""

    scheme = models.ForeignKey(
        DutyScheme, models.CASCADE, related_name="rules", verbose_name=_("duty scheme")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DutyKind)
    points = models.DecimalField(_("points each"), max_digits=5, decimal_places=1)
    cap = models.DecimalField(
        _("most points"), max_digits=6, decimal_places=1, null=True, blank=True
    )

    class Meta:
        verbose_name = _("duty rule")
        verbose_name_plural = _("duty rules")
        ordering = ["scheme", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="duty_rule_one_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.points}"
