"""The history of a case: one line for each step, written once and never again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Role
from committees.partial_dates import PartialDateField
from committees.written_once import WrittenOnce, WrittenOnceQuerySet
from consultations.workflow.engine import SUPERVISOR

# Who acts: the granted roles, and whoever holds a link to one case.
ACTING = [*Role.choices, (SUPERVISOR, _("Citizen supervisor"))]


class EventQuerySet(WrittenOnceQuerySet):
    def told(self):
        """Each line with `is_silent`: whether its words are not shown any more."""
        return self.annotate(is_silent=Exists(SilentLine.objects.filter(event=OuterRef("pk"))))

    def public(self):
        return self.filter(is_public=True)


class Event(WrittenOnce):
    """Who took which step, in which role, when, from where to where, and why.

    `data` holds facts (ids, dates, choices), never a sentence: words are made at display time.
    """

    case = models.ForeignKey(
        "consultations.Case", models.PROTECT, related_name="events", verbose_name=_("case")
    )
    task = models.ForeignKey(
        "consultations.Task",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("task"),
    )
    action = models.CharField(_("step"), max_length=28)
    from_stage = models.CharField(_("from"), max_length=16, blank=True)
    to_stage = models.CharField(_("to"), max_length=16, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person acting"),
    )
    role = models.CharField(_("acting as"), max_length=20, choices=ACTING, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    data = models.JSONField(_("facts"), default=dict, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    happened_on = PartialDateField(_("happened"))
    is_public = models.BooleanField(_("public"), default=False)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("history line")
        verbose_name_plural = _("history")
        ordering = ["case", "at", "pk"]
        indexes = [
            models.Index(fields=["case", "at", "id"], name="event_case_at"),
            models.Index(fields=["-at", "-id"], name="event_at"),
            models.Index(fields=["action", "-at", "-id"], name="event_action_at"),
            models.Index(fields=["actor", "-at", "-id"], name="event_actor_at"),
            models.Index(fields=["role", "-at", "-id"], name="event_role_at"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.action}"


class SilentLine(models.Model):
    """A line whose words named somebody who was taken out of the case.

    The line itself is written once and stays; its words are shown to nobody any more.
    """

    event = models.OneToOneField(
        Event, models.PROTECT, related_name="+", verbose_name=_("history line")
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("history line without its words")
        verbose_name_plural = _("history lines without their words")

    def __str__(self) -> str:
        return str(self.event_id)
