"""Groups of members with dated membership: liaison groups, standing deliberation councils."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.partial_dates import PartialDateField


class MemberGroup(models.Model):
    """A group of a committee 委员小组. Others than members sit in a standing council too."""

    class Kind(models.TextChoices):
        LIAISON = "liaison", _("Liaison group")
        SECTOR = "sector", _("Sector activity group")
        COUNCIL = "council", _("Standing deliberation council")
        WORKING = "working", _("Working group")

    committee = models.ForeignKey(
        "committees.Committee", models.PROTECT, related_name="groups", verbose_name=_("committee")
    )
    region = models.ForeignKey(
        "committees.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("region"),
    )
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    formed_on = PartialDateField(_("formed"))
    ended_on = PartialDateField(_("ended"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("member group")
        verbose_name_plural = _("member groups")
        ordering = ["committee", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="group_unique_name")
        ]

    def __str__(self) -> str:
        return self.name


class GroupMembership(models.Model):
    """Somebody's place in a group, with post and dates. `name` serves who is no member."""

    group = models.ForeignKey(
        MemberGroup, models.CASCADE, related_name="memberships", verbose_name=_("member group")
    )
    member = models.ForeignKey(
        "committees.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("member"),
    )
    name = models.CharField(_("person's name"), max_length=30, blank=True)
    post = models.CharField(_("post"), max_length=40, blank=True)
    valid_from = PartialDateField(_("valid from"))
    valid_until = PartialDateField(_("valid until"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("group membership")
        verbose_name_plural = _("group memberships")
        ordering = ["group", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(member__isnull=False) | ~models.Q(name=""),
                name="membership_names_somebody",
                violation_error_message=_("Choose a member or write a name."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member or self.name} {self.post}".strip()
