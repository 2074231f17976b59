"""Where letters to a person go, once it is known that the address is his or hers."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.sealed import SealedCharField


class MailAddressQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False, user__is_active=True)


class MailAddress(models.Model):
    """Letters go to a confirmed address alone; another one has to be confirmed anew."""

    user = models.OneToOneField(
        "committees.User",
        models.CASCADE,
        related_name="mail_address",
        verbose_name=_("user"),
    )
    address = SealedCharField(_("e-mail"), max_length=254)
    asked_at = models.DateTimeField(_("confirmation asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    objects = MailAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail address")
        verbose_name_plural = _("mail addresses")
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user_id)
