"""What units say to each other and settle: who takes a task, opinions, and what holds of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Conference(models.Model):
    """A binding conference 会商协调 on who takes a task. The unit it names works on it, and may have
    its dissent written down."""

    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, related_name="conferences", verbose_name=_("task")
    )
    held_on = models.DateField(_("date of the conference"))
    participants = models.CharField(_("who took part"), max_length=300)
    minutes = models.TextField(_("minutes and decision"), max_length=3000)
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("unit that takes the task"),
    )
    file = models.ForeignKey(
        "consultations.Attachment",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("file"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_on = models.DateField(_("recorded"), default=timezone.localdate)
    dissent = models.CharField(_("dissent of the unit"), max_length=500, blank=True)
    dissent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("dissent noted by"),
    )
    dissent_on = models.DateField(_("dissent noted"), null=True)

    class Meta:
        verbose_name = _("binding conference")
        verbose_name_plural = _("binding conferences")
        ordering = ["task", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dissent="", dissent_by__isnull=True, dissent_on__isnull=True)
                | (~Q(dissent="") & Q(dissent_by__isnull=False, dissent_on__isnull=False)),
                name="conference_dissent_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.unit}"


class Settlement(models.Model):
    """What holds where assisting units disagree, settled before the lead unit answers."""

    class Level(models.TextChoices):
        LEAD = "lead", _("leader of the lead unit")
        ABOVE = "above", _("leader in charge")

    task = models.ForeignKey(
        "consultations.Task",
        models.CASCADE,
        related_name="settlements",
        verbose_name=_("lead task"),
    )
    level = models.CharField(_("settled by"), max_length=5, choices=Level)
    settled_on = models.DateField(_("settled on"))
    position = models.CharField(_("position of the lead unit"), max_length=500)
    text = models.CharField(_("what holds now"), max_length=1000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    paper_note = models.CharField(_("entered on behalf, from"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("settlement between units")
        verbose_name_plural = _("settlements between units")
        ordering = ["task", "pk"]

    def __str__(self) -> str:
        return self.text[:30]


class AssistingOpinion(models.Model):
    """The opinion 会办意见 of an assisting unit, for the lead unit's combined reply.

    One that disagrees is settled before the lead answers; `settlement` says how."""

    class Stance(models.TextChoices):
        AGREES = "agrees", _("agrees")
        DISAGREES = "disagrees", _("disagrees with the lead unit's way")

    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, related_name="opinions", verbose_name=_("task")
    )
    text = models.CharField(_("opinion"), max_length=1000)
    stance = models.CharField(_("position"), max_length=9, choices=Stance, default=Stance.AGREES)
    settlement = models.ForeignKey(
        "consultations.Settlement",
        models.SET_NULL,
        null=True,
        related_name="opinions",
        verbose_name=_("settlement between units"),
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("given by"),
    )
    given_on = models.DateField(_("given"), default=timezone.localdate)
    paper_note = models.CharField(_("entered on behalf, from"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("assisting opinion")
        verbose_name_plural = _("assisting opinions")
        ordering = ["task", "pk"]

    def __str__(self) -> str:
        return self.text[:30]


class FirstContact(models.Model):
    """The first talk 首次沟通 of the unit with who raised the matter, or who is affected by it."""

    class Way(models.TextChoices):
        FACE = "face", _("Face to face")
        PHONE = "phone", _("By phone")
        SITE = "site", _("On site")

    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, related_name="contacts", verbose_name=_("task")
    )
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("handling unit"),
    )
    talked_on = models.DateField(_("day of the talk"))
    way = models.CharField(_("how"), max_length=5, choices=Way)
    text = models.CharField(_("with whom, and what was said"), max_length=500)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    paper_note = models.CharField(_("entered on behalf, from"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("first contact")
        verbose_name_plural = _("first contacts")
        ordering = ["task", "pk"]

    def __str__(self) -> str:
        return self.text[:30]
