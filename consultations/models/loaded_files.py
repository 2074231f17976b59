"""What was loaded from the reference files, so that a second run knows what is its own."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LoadedFile(models.Model):
    """A reference file as it was last loaded.

    `records` holds for each model the fields the file sets and, by the key of a record, a digest
    of those fields as they stood right after loading. A record whose fields still give that
    digest has not been touched by anybody since.
    """

    name = models.CharField(_("file"), max_length=60, unique=True)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True)
    records = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(_("loaded"), default=timezone.now)

    class Meta:
        verbose_name = _("loaded file")
        verbose_name_plural = _("loaded files")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
