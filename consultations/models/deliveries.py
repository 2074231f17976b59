"""What leaves the process: one row for each letter, from waiting to sent or given up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """One letter to one person. Sent by the worker alone, after the commit of what caused it.

    A letter is claimed (`sending`), handed to the relay, then marked. Who dies in between leaves it
    claimed; it is taken up again, so it may arrive a second time, under the same Message-ID.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")

    class What(models.TextChoices):
        NOTICE = "notice", _("one notice")
        DIGEST = "digest", _("digest of the morning")
        CONFIRM = "confirm", _("confirmation of an address")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed, will be tried again")
        GIVEN_UP = "given_up", _("given up")
        DROPPED = "dropped", _("not needed any more")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person told")
    )
    channel = models.CharField(
        _("channel"), max_length=4, choices=Channel, default=Channel.MAIL, editable=False
    )
    what = models.CharField(_("letter"), max_length=7, choices=What)
    key = models.CharField(max_length=80, unique=True, editable=False)
    notice = models.ForeignKey(
        "consultations.Notice", models.CASCADE, null=True, related_name="+", editable=False
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken up at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                F("next_try_at"),
                F("id"),
                condition=Q(state__in=["waiting", "failed"]),
                name="delivery_due",
            ),
            models.Index(F("claimed_at"), condition=Q(state="sending"), name="delivery_claimed"),
            models.Index(F("state"), F("created_at").desc(), F("id").desc(), name="delivery_state"),
            models.Index(F("created_at").desc(), F("id").desc(), name="delivery_listed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="delivery_sent_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(what="notice", notice__isnull=False)
                | ~Q(what="notice") & Q(notice__isnull=True),
                name="delivery_of_one_notice",
            ),
        ]

    def __str__(self) -> str:
        return self.key
