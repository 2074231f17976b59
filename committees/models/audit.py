"""The audit log: who did what, when, from where. Written once, chained, read by the auditor."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models.accounts import Role
from committees.written_once import WrittenOnce


class AuditEntry(WrittenOnce):
    """One act. `facts` is JSON text in a fixed spelling, so that it can be sealed byte by byte.

    It names records by their keys and never holds what a resident said, a phone or an id number.
    """

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        LOCKED_OUT = "locked_out", _("Locked out")
        LOCK_LIFTED = "lock_lifted", _("Lock lifted")
        SIGN_OUT = "sign_out", _("Signed out")
        SESSION_ENDED = "session_ended", _("Session ended")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        SECOND_FACTOR_ADDED = "second_factor_added", _("Second factor added")
        SECOND_FACTOR_REMOVED = "second_factor_removed", _("Second factor removed")
        ACTIVATION_ISSUED = "activation_issued", _("Activation issued")
        ACTIVATION_USED = "activation_used", _("Activation used")
        GRANT_ADDED = "grant_added", _("Role granted")
        GRANT_CHANGED = "grant_changed", _("Role grant changed")
        LINK_ISSUED = "link_issued", _("Supervisor's link issued")
        LINK_REVOKED = "link_revoked", _("Supervisor's link revoked")
        LINK_USED = "link_used", _("Supervisor's link used")
        FEED_ISSUED = "feed_issued", _("Calendar feed issued")
        FEED_REVOKED = "feed_revoked", _("Calendar feed revoked")
        MAIL_CONFIRMED = "mail_confirmed", _("Mail address confirmed")
        MAIL_REMOVED = "mail_removed", _("Mail address removed")
        STEP = "step", _("Step taken")
        REFUSED = "refused", _("Step refused")
        RECORD = "record", _("Record written")
        ADDED = "added", _("List entry added")
        CHANGED = "changed", _("List entry changed")
        SEEN_IN_CLEAR = "seen_in_clear", _("Personal data seen in clear")
        EXPORTED = "exported", _("Exported")
        IMPORTED = "imported", _("Imported")
        FILE_SENT = "file_sent", _("File handed out")
        ERASED = "erased", _("Personal data erased")

    at = models.DateTimeField(_("at"), default=timezone.now)
    kind = models.CharField(_("what happened"), max_length=22, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person acting"),
    )
    role = models.CharField(_("acting as"), max_length=20, choices=Role, blank=True)
    address = models.CharField(_("network address"), max_length=45, blank=True)
    region = models.CharField(_("region code"), max_length=12, blank=True)
    about = models.CharField(_("about"), max_length=80, blank=True)
    facts = models.TextField(_("facts"), default="{}")

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_at"),
            models.Index(fields=["kind", "-at", "-id"], name="audit_kind_at"),
            models.Index(fields=["actor", "-at", "-id"], name="audit_actor_at"),
            models.Index(fields=["region", "-at", "-id"], name="audit_region_at"),
            models.Index(fields=["about", "-at", "-id"], name="audit_about_at"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class AuditSeal(WrittenOnce):
    """A link of the chain: the digest of one entry together with the link before.

    `number` has no gaps, so a link taken out is missed; `key` names the key of the digest.
    """

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    entry = models.OneToOneField(
        AuditEntry, models.PROTECT, related_name="seal", verbose_name=_("audit entry")
    )
    key = models.CharField(_("key"), max_length=8)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("audit seal")
        verbose_name_plural = _("audit seals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
