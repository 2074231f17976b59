"""A citizen supervisor 群众监督员: somebody without an account, let in to one case for a while."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SupervisorLinkQuerySet(models.QuerySet):
    def open(self, at=None):
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())


class SupervisorLink(models.Model):
    """The key to one case. Only its digest is kept; the link itself is shown once.

    `called` is how the person is spoken to; a full name is not needed.
    """

    case = models.ForeignKey(
        "consultations.Case",
        models.CASCADE,
        related_name="supervisor_links",
        verbose_name=_("case"),
    )
    called = models.CharField(_("how the person is called"), max_length=20)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)
    uses = models.PositiveIntegerField(_("times used"), default=0)

    objects = SupervisorLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervisor's link")
        verbose_name_plural = _("supervisors' links")
        ordering = ["case", "-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="link_ends_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="link_revoked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(uses=0, last_used_at__isnull=True)
                | Q(uses__gt=0, last_used_at__isnull=False),
                name="link_used_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def opens(self, case) -> bool:
        """Whether this link lets its holder in to that case now."""
        return self.is_open and self.case_id == case.pk and case.restricted_at is None
