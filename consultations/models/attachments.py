from __future__ import annotations

import secrets
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PICTURES = (".jpg", ".jpeg", ".png", ".webp")


def random_name(instance, filename: str) -> str:
    """A path nobody can guess; only the suffix of the upload is kept."""
    suffix = PurePath(filename).suffix.lower()
    return f"attachments/{timezone.now():%Y/%m}/{secrets.token_urlsafe(24)}{suffix}"


def new_public_key() -> str:
    """Stands in the public address of a released file; another one for each release."""
    return secrets.token_urlsafe(18)


class Attachment(models.Model):
    """A file of a case: a scan, a photo, a document. Private unless released with consent.

    One that holds people (`holds_people`: faces, names, signatures of residents) goes when their
    names go: then `file` is empty, and `erased_at` says since when.

    It may belong to one meeting of the case: its sign-in sheet, its minutes, its photos.

    One person prepares the release (consent, words for who does not see the picture), a second one
    releases; whoever works on the case may take it down again. That does not touch the file itself.
    """

    class Kind(models.TextChoices):
        SCAN = "scan", _("Scan of a paper form")
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="attachments", verbose_name=_("case")
    )
    meeting = models.ForeignKey(
        "consultations.Meeting",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("meeting"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=80)
    file = models.FileField(_("file"), upload_to=random_name)
    consent = models.BooleanField(_("people in the picture agreed"), default=False)
    holds_people = models.BooleanField(
        _("residents can be recognised in it, or their names or signatures read"), default=True
    )
    erased_at = models.DateTimeField(_("file erased"), null=True, editable=False)
    alt_text = models.CharField(_("what the file shows, in words"), max_length=200, blank=True)
    described_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("prepared for the public by"),
    )
    is_public = models.BooleanField(_("show to the public"), default=False)
    public_key = models.CharField(  # noqa: DJ001  most rows have none, which unique blanks forbid
        max_length=24, unique=True, null=True, editable=False
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("released by"),
    )
    released_at = models.DateTimeField(_("released"), null=True, editable=False)
    hidden_reason = models.CharField(_("why taken down"), max_length=200, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("taken down by"),
    )
    hidden_at = models.DateTimeField(_("taken down"), null=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["case", "pk"]
        indexes = [
            models.Index(
                fields=["hidden_at"],
                condition=models.Q(hidden_at__isnull=False),
                name="attachment_taken_down",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_public=False) | models.Q(consent=True),
                name="attachment_public_has_consent",
                violation_error_message=_("Without consent a file is not shown to the public."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_public=False, public_key__isnull=True)
                | models.Q(
                    is_public=True,
                    public_key__isnull=False,
                    released_at__isnull=False,
                    hidden_at__isnull=True,
                ),
                name="attachment_public_is_released",
            ),
            models.CheckConstraint(
                condition=models.Q(hidden_at__isnull=True)
                | (models.Q(released_at__isnull=False) & ~models.Q(hidden_reason="")),
                name="attachment_taken_down_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(file="", is_public=False, described_by__isnull=True),
                name="attachment_erased_has_no_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.meeting_id is not None and self.meeting.case_id != self.case_id:
            raise ValidationError({"meeting": _("This meeting belongs to another case.")})

    @property
    def suffix(self) -> str:
        return PurePath(self.file.name).suffix.lower()

    @property
    def is_picture(self) -> bool:
        return self.suffix in PICTURES

    @property
    def is_prepared(self) -> bool:
        """Waits for the second person."""
        return self.described_by_id is not None and not self.is_public
