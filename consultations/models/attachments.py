from __future__ import annotations

import secrets
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def random_name(instance, filename: str) -> str:
    """A path nobody can guess; only the suffix of the upload is kept."""
    suffix = PurePath(filename).suffix.lower()
    return f"attachments/{timezone.now():%Y/%m}/{secrets.token_urlsafe(24)}{suffix}"


class Attachment(models.Model):
    """A file of a case: a scan, a photo, a document. Private unless released with consent."""

    class Kind(models.TextChoices):
        SCAN = "scan", _("Scan of a paper form")
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="attachments", verbose_name=_("case")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=80)
    file = models.FileField(_("file"), upload_to=random_name)
    consent = models.BooleanField(_("people in the picture agreed"), default=False)
    is_public = models.BooleanField(_("show to the public"), default=False)
    hidden_reason = models.CharField(_("why taken down"), max_length=200, blank=True)
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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_public=False) | models.Q(consent=True),
                name="attachment_public_has_consent",
                violation_error_message=_("Without consent a file is not shown to the public."),
            )
        ]

    def __str__(self) -> str:
        return self.title
