from __future__ import annotations

import secrets
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.models.sources import Origin
from committees.partial_dates import PartialDateField
from committees.sealed import IndexField, SealedCharField


def photo_name(instance, filename: str) -> str:
    """A path nobody can guess; only the suffix of the picture is kept."""
    return f"members/{secrets.token_urlsafe(24)}{PurePath(filename).suffix.lower()}"


class Member(models.Model):
    """A CPPCC member 委员. One person, who may sit on the committees of several levels.

    The public sees a member's page, and the photo on it, only where the office switched it on; a
    photo is kept with the consent of who is on it.
    """

    name = models.CharField(_("person's name"), max_length=30)
    pinyin = models.CharField(_("pinyin"), max_length=120, blank=True, db_index=True)
    user = models.OneToOneField(
        "committees.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="member",
        verbose_name=_("account"),
    )
    mobile = SealedCharField(_("mobile phone"), max_length=20, blank=True)
    mobile_index = IndexField(of="mobile")
    photo = models.FileField(_("photo"), upload_to=photo_name, blank=True)
    photo_consent = models.BooleanField(_("the member agreed to the photo"), default=False)
    is_public = models.BooleanField(_("has a public page"), default=False)
    photo_is_public = models.BooleanField(_("photo on the public page"), default=False)
    origin = models.CharField(_("origin"), max_length=9, choices=Origin, default=Origin.ENTERED)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["pinyin", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin="reported") | Q(citation__isnull=False),
                name="member_reported_has_source",
            ),
            models.CheckConstraint(
                condition=Q(photo="") | Q(photo_consent=True),
                name="member_photo_has_consent",
                violation_error_message=_("Without consent no photo is kept."),
            ),
            models.CheckConstraint(
                condition=Q(photo_is_public=False) | Q(is_public=True) & ~Q(photo=""),
                name="member_public_photo_on_public_page",
                violation_error_message=_("A photo is shown only on a public page that has one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A member's seat on one committee, with how it began and ended (任 / 增补 / 辞 / 免)."""

    class Began(models.TextChoices):
        ELECTED = "elected", _("At the start of the term")
        ADDED = "added", _("Added during the term")

    class Ended(models.TextChoices):
        RESIGNED = "resigned", _("Resigned")
        REMOVED = "removed", _("Removed")
        TERM_OVER = "term_over", _("Term over")

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="seats", verbose_name=_("member")
    )
    committee = models.ForeignKey(
        "committees.Committee", models.PROTECT, related_name="seats", verbose_name=_("committee")
    )
    sector = models.ForeignKey(
        "committees.Sector", models.PROTECT, null=True, blank=True, verbose_name=_("sector")
    )
    term = models.PositiveSmallIntegerField(_("term"), null=True, blank=True)
    position = models.CharField(_("position"), max_length=60, blank=True)
    began = models.CharField(_("how it began"), max_length=8, choices=Began, blank=True)
    valid_from = PartialDateField(_("valid from"))
    ended = models.CharField(_("how it ended"), max_length=9, choices=Ended, blank=True)
    valid_until = PartialDateField(_("valid until"))
    ended_reason = models.CharField(_("why it ended"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["committee", "member", "pk"]

    def __str__(self) -> str:
        return f"{self.committee} {self.member}"
