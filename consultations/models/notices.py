"""What somebody is told of, and by which way he or she wants to hear it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.workflow.hearing import URGENT, NoticeKind


class Notice(models.Model):
    """One person is told of one thing, once: `key` says what it is.

    It holds no words and no title: both are made when it is read, for who reads it.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notices",
        verbose_name=_("person told"),
    )
    kind = models.CharField(_("kind of notice"), max_length=12, choices=NoticeKind)
    key = models.CharField(max_length=60, editable=False)
    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="+", verbose_name=_("case")
    )
    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, null=True, related_name="+", verbose_name=_("task")
    )
    # How many other records it stands for besides: a change of many at once is told once.
    others = models.PositiveIntegerField(default=0, editable=False)
    action = models.CharField(_("step"), max_length=28, blank=True)
    day = models.DateField(_("day it is about"), null=True)
    created_at = models.DateTimeField(_("told at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    digest = models.ForeignKey(
        "consultations.Delivery", models.SET_NULL, null=True, related_name="notices", editable=False
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "recipient"], name="notice_told_once"),
        ]
        indexes = [
            models.Index(F("recipient"), F("created_at").desc(), F("id").desc(), name="notice_box"),
            models.Index(
                F("recipient"), F("created_at"), condition=Q(read_at=None), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class NoticeChoice(models.Model):
    """How somebody wants the letters of one kind; without a row the default of the kind holds."""

    class Mail(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DIGEST = "digest", _("in the digest of the morning")
        NEVER = "never", _("never")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    kind = models.CharField(_("kind of notice"), max_length=12, choices=NoticeKind)
    mail = models.CharField(_("letter"), max_length=7, choices=Mail)

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")
        ordering = ["user", "kind"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="choice_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"


def usual(kind: str) -> str:
    """How letters of a kind go to whoever has not chosen."""
    return NoticeChoice.Mail.AT_ONCE if kind in URGENT else NoticeChoice.Mail.DIGEST
