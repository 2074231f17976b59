"""The hand-over of tasks to units: the letter 转交函 with its number, and how each task was taken up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HandoverLetter(models.Model):
    """One letter to one unit: all tasks of a case that were handed to it in the same stroke."""

    number = models.CharField(_("document number"), max_length=60, unique=True)
    case = models.ForeignKey(
        "consultations.Case",
        models.PROTECT,
        related_name="handover_letters",
        verbose_name=_("case"),
    )
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("handling unit"),
    )
    written_on = models.DateField(_("written on"), default=timezone.localdate)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )

    class Meta:
        verbose_name = _("hand-over letter")
        verbose_name_plural = _("hand-over letters")
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return self.number


class Handover(models.Model):
    """One task in the hands of one unit, from the day it came until it went on to another.

    The delivery state follows from it: handed over, seen by somebody of the unit, signed for, or
    taken as accepted by lapse. `due_on` is the day as the letter says it.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("First hand-over")
        RETURNED = "returned", _("After a return")
        CONFERENCE = "conference", _("By a binding conference")
        CHANGED = "changed", _("Change of remit")

    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, related_name="handovers", verbose_name=_("task")
    )
    letter = models.ForeignKey(
        HandoverLetter,
        models.PROTECT,
        null=True,
        related_name="lines",
        verbose_name=_("hand-over letter"),
    )
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("handling unit"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FIRST)
    ground = models.CharField(_("ground of the change"), max_length=200, blank=True)
    handed_on = models.DateField(_("handed over"), default=timezone.localdate)
    due_on = models.DateField(_("due"), null=True)
    seen_at = models.DateTimeField(_("seen"), null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("seen by"),
    )
    signed_on = models.DateField(_("signed for"), null=True)
    by_lapse = models.BooleanField(_("accepted by lapse"), default=False)
    ended_on = models.DateField(_("ended"), null=True)

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["task", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(ended_on__isnull=True), name="handover_one_open"
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="handover_seen_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} → {self.unit}"
