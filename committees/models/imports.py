"""Lists of people and units that were taken over from a spreadsheet: who, when, how many."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeopleImport(models.Model):
    """One spreadsheet that was looked at and then confirmed.

    `token` belongs to the page on which the rows were looked at: what is confirmed there is taken
    over once, however often it is sent. `accounts` are those that did not exist before.
    """

    class Kind(models.TextChoices):
        MEMBERS = "members", _("Members")
        UNITS = "units", _("Handling units")
        OFFICERS = "officers", _("Accounts and roles")
        REMITS = "remits", _("Remits of units")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    token = models.CharField(max_length=32, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("imported by")
    )
    at = models.DateTimeField(_("imported"), default=timezone.now)
    rows = models.PositiveIntegerField(_("rows"))
    added = models.PositiveIntegerField(_("rows that added something"))
    changed = models.PositiveIntegerField(_("rows that changed something"))
    accounts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("new accounts")
    )

    class Meta:
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "-at", "-id"], name="people_import_of_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
