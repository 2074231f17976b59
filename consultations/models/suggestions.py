from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0 O 1 I L


def new_query_code() -> str:
    """Eight letters and digits that cannot be mistaken for each other."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(8))


class Suggestion(models.Model):
    """A topic raised by a resident 群众点题, kept apart from the cases until somebody looked.

    No name, phone or address is asked for; the query code is how the resident follows it.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        ACCEPTED = "accepted", _("Taken up as a topic")
        REFERRED = "referred", _("Passed on elsewhere")
        ANSWERED = "answered", _("Answered to the resident")
        REFUSED = "refused", _("Not taken up")
        JOINED = "joined", _("Joined with another suggestion")

    class Channel(models.TextChoices):
        """How it reached us; all but the first were written down by staff on somebody's behalf."""

        WEB = "web", _("On the public pages")
        PHONE = "phone", _("By telephone")
        VISIT = "visit", _("In person")
        LETTER = "letter", _("By letter")
        MEETING = "meeting", _("At a meeting")

    query_code = models.CharField(
        _("query code"), max_length=8, unique=True, default=new_query_code, editable=False
    )
    title = models.CharField(_("what is it about"), max_length=60)
    problem = models.TextField(_("what is the trouble"), max_length=2000)
    wish = models.TextField(_("what should happen"), blank=True, max_length=1000)
    region = models.ForeignKey(
        "committees.Region", models.PROTECT, related_name="suggestions", verbose_name=_("where")
    )
    place = models.CharField(_("village or spot"), max_length=60, blank=True)
    county_code = models.CharField(max_length=6, blank=True, editable=False)
    channel = models.CharField(
        _("how it reached us"), max_length=7, choices=Channel, default=Channel.WEB, editable=False
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("entered on behalf by"),
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.RECEIVED, editable=False
    )
    case = models.ForeignKey(
        "consultations.Case",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        editable=False,
        verbose_name=_("case"),
    )
    joined_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joined",
        editable=False,
        verbose_name=_("raises the same as"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("in charge"),
    )
    answer = models.CharField(_("answer to the resident"), max_length=500, blank=True)
    form_token = models.CharField(  # noqa: DJ001  many rows may have none, which unique blanks forbid
        max_length=40, unique=True, null=True, editable=False
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    answer_due_on = models.DateField(_("first answer due"), null=True, editable=False)
    # How the due date came about: see `consultations.calendar.Basis`.
    due_basis = models.JSONField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    anonymised_at = models.DateTimeField(_("residents' names taken out"), null=True, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                fields=["county_code", "state", "-received_at"], name="suggestion_county_state"
            ),
            models.Index(fields=["-received_at", "-id"], name="suggestion_received"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="web", entered_by__isnull=True)
                | Q(channel__in=("phone", "visit", "letter", "meeting"), entered_by__isnull=False),
                name="suggestion_on_behalf_names_clerk",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(case__isnull=False),
                name="suggestion_accepted_has_case",
            ),
            models.CheckConstraint(
                condition=Q(state="received", decided_at__isnull=True)
                | (~Q(state="received") & Q(decided_at__isnull=False)),
                name="suggestion_decided_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="joined", joined_to__isnull=False)
                | (~Q(state="joined") & Q(joined_to__isnull=True)),
                name="suggestion_joined_to_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.county_code = self.region_id[:6] if len(self.region_id) >= 6 else ""
        super().save(*args, **kwargs)

    @property
    def is_on_behalf(self) -> bool:
        return self.entered_by_id is not None

    @property
    def spot(self) -> str:
        return self.region.with_spot(self.place)
