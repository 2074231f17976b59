from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.names import UserName
from committees.sealed import IndexField, SealedCharField


class User(AbstractUser):
    """A person who signs in. Rights come from dated `RoleGrant`s, not from flags.

    `code_step` is the half-minute of the last one-time code that was used: none is taken twice.
    """

    username = UserName(
        _("user name"),
        max_length=150,
        unique=True,
        validators=[AbstractUser.username_validator],
        error_messages={"unique": _("Somebody already has this user name.")},
    )
    mobile = SealedCharField(_("mobile phone"), max_length=20, blank=True)
    mobile_index = IndexField(of="mobile")
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    code_step = models.BigIntegerField(default=0, editable=False)
    display_name = models.CharField(_("person's name"), max_length=30, blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    get_short_name = get_full_name


class Role(models.TextChoices):
    """What somebody acts as. The citizen supervisor has no account and so no role here."""

    PROVINCE_OFFICE = "province_office", _("Province CPPCC office")
    PREFECTURE_OFFICE = "prefecture_office", _("Prefecture CPPCC office")
    COUNTY_OFFICE = "county_office", _("County CPPCC office")
    LEADER = "leader", _("County CPPCC leader")
    PARTY_APPROVER = "party_approver", _("Township Party committee")
    STUDIO_DIRECTOR = "studio_director", _("Studio director")
    LIAISON = "liaison", _("Studio liaison officer")
    MEMBER = "member", _("CPPCC member")
    DISPATCH_OFFICE = "dispatch_office", _("Dispatch and supervision office")
    UNIT_OFFICER = "unit_officer", _("Handling unit officer")
    UNIT_LEADER = "unit_leader", _("Handling unit leader")
    VILLAGE_CLERK = "village_clerk", _("Village clerk")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


SAME_SCOPE = Q(region=OuterRef("region")) | Q(studio=OuterRef("studio")) | Q(unit=OuterRef("unit"))


class RoleGrantQuerySet(models.QuerySet):
    def in_force(self, on: dt.date | None = None):
        """The grants of a day. A deputy's is in force only while the principal's own one is."""
        day = on or timezone.localdate()
        principals = RoleGrant.objects.dated(day).filter(
            SAME_SCOPE,
            user=OuterRef("deputy_of"),
            user__is_active=True,
            role=OuterRef("role"),
            deputy_of=None,
        )
        return self.dated(day).filter(Q(deputy_of=None) | Exists(principals))

    def dated(self, day: dt.date):
        """The grants whose own dates hold on a day, whatever became of a principal."""
        return self.filter(
            Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )


class RoleGrant(models.Model):
    """A role of a person on a scope, from a date until a date.

    The scope is a region (and everything below it), a studio or a handling unit: exactly one.
    A deputy's grant names the principal, who holds the same role on the same scope, and ends with
    that one.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    region = models.ForeignKey(
        "committees.Region", models.PROTECT, null=True, blank=True, verbose_name=_("region")
    )
    studio = models.ForeignKey(
        "committees.Studio", models.PROTECT, null=True, blank=True, verbose_name=_("studio")
    )
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("handling unit"),
    )
    deputy_of = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("deputy of"),
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("role grant")
        verbose_name_plural = _("role grants")
        ordering = ["user", "role", "pk"]
        indexes = [models.Index(fields=["user", "valid_from"], name="role_grant_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(region__isnull=False, studio__isnull=True, unit__isnull=True)
                    | Q(region__isnull=True, studio__isnull=False, unit__isnull=True)
                    | Q(region__isnull=True, studio__isnull=True, unit__isnull=False)
                ),
                name="role_grant_one_scope",
                violation_error_message=_("Choose exactly one of region, studio and unit."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="role_grant_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.scope}"

    @property
    def scope(self):
        return self.region or self.studio or self.unit

    @property
    def reach(self) -> str:
        """The code prefix the grant reaches: its region, or that of its studio or unit."""
        if self.studio is not None:
            return self.studio.region_id or self.studio.committee.region_id
        return self.unit.region_id if self.unit is not None else str(self.region_id)
