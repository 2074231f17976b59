"""The norms for rooms and studios (六有, 五个一 …): texts of each place, and what is met."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Checklist(models.Model):
    """The norm of a region for its studios or rooms; it holds below until a lower one sets its own.

    An example ships with the program and says so until a place has written its own.
    """

    class Of(models.TextChoices):
        STUDIO = "studio", _("Studios")
        ROOM = "room", _("Deliberation rooms")

    region = models.ForeignKey(
        "committees.Region", models.PROTECT, related_name="checklists", verbose_name=_("region")
    )
    of = models.CharField(_("of"), max_length=6, choices=Of)
    title = models.CharField(_("title"), max_length=40)
    basis = models.CharField(_("basis (document)"), max_length=120, blank=True)
    is_example = models.BooleanField(_("example, not yet replaced"), default=False)
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["region", "of", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "of", "valid_from"], name="checklist_unique_from_date"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ChecklistLine(models.Model):
    """One point of a norm: 有固定场所."""

    checklist = models.ForeignKey(
        Checklist, models.CASCADE, related_name="lines", verbose_name=_("checklist")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    text = models.CharField(_("point"), max_length=120)

    class Meta:
        verbose_name = _("point of a checklist")
        verbose_name_plural = _("points of a checklist")
        ordering = ["checklist", "number", "pk"]

    def __str__(self) -> str:
        return self.text


class ChecklistMark(models.Model):
    """What was found of one point in one studio or room, the last time somebody looked."""

    line = models.ForeignKey(
        ChecklistLine, models.PROTECT, related_name="marks", verbose_name=_("point")
    )
    studio = models.ForeignKey(
        "committees.Studio",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="marks",
        verbose_name=_("studio"),
    )
    room = models.ForeignKey(
        "committees.Room",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="marks",
        verbose_name=_("deliberation room"),
    )
    is_met = models.BooleanField(_("met"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    marked_on = models.DateField(_("looked at"), default=timezone.localdate)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("looked at by"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("checklist mark")
        verbose_name_plural = _("checklist marks")
        ordering = ["line", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(studio__isnull=False, room__isnull=True)
                | Q(studio__isnull=True, room__isnull=False),
                name="checklist_mark_one_place",
            ),
            models.UniqueConstraint(fields=["line", "studio"], name="checklist_mark_studio"),
            models.UniqueConstraint(fields=["line", "room"], name="checklist_mark_room"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.studio or self.room}"
