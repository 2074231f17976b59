"""The deliberation meeting 协商会议: who sat in the circle, who said what, what stayed open."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.partial_dates import PartialDateField


class Meeting(models.Model):
    """One round of consultation on a case; a case may have several."""

    class Form(models.TextChoices):
        ROOM = "room", _("In a deliberation room")
        COURTYARD = "courtyard", _("In a courtyard")
        MOBILE = "mobile", _("Mobile")
        REMOTE = "remote", _("Remote")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="meetings", verbose_name=_("case")
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    name = models.CharField(_("name of the meeting"), max_length=80, blank=True)
    form = models.CharField(_("form"), max_length=9, choices=Form, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.PLANNED, editable=False
    )
    starts_at = models.DateTimeField(_("planned for"), null=True, blank=True)
    held_on = PartialDateField(_("held"))
    room = models.ForeignKey(
        "committees.Room",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("deliberation room"),
    )
    place = models.CharField(_("place"), max_length=80, blank=True)
    times_postponed = models.PositiveSmallIntegerField(default=0, editable=False)
    no_visit_reason = models.CharField(_("why without a visit"), max_length=200, blank=True)
    head_count = models.PositiveIntegerField(_("people present"), null=True, blank=True)
    organisations = models.CharField(_("organisations present"), max_length=300, blank=True)
    summary = models.TextField(_("how it went, for the public"), blank=True, max_length=2000)
    minutes = models.TextField(_("minutes (never public)"), blank=True, max_length=20000)
    link = models.URLField(_("published elsewhere at"), blank=True)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["case", "round", "pk"]
        indexes = [models.Index(fields=["status", "starts_at"], name="meeting_status_start")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status="planned"), name="meeting_one_planned"
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="meeting_round_from_one"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.case} · {self.round}"

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED and self.starts_at is not None


class AgendaItem(models.Model):
    """One point of the agenda, in order, with its time."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="agenda", verbose_name=_("meeting")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("point"), max_length=80)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    speaker = models.CharField(_("led by"), max_length=40, blank=True)
    carried_from = models.ForeignKey(
        "consultations.Statement",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("left open at an earlier meeting"),
    )

    class Meta:
        verbose_name = _("agenda point")
        verbose_name_plural = _("agenda points")
        ordering = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class Capacity(models.TextChoices):
    """The capacity 参会身份 somebody takes part in."""

    HOST = "host", _("Host (CPPCC member)")
    MEMBER = "member", _("CPPCC member")
    PARTY = "party", _("Interested party")
    MASSES = "masses", _("Representative of the residents")
    CADRE = "cadre", _("Village or community cadre")
    TOWNSHIP = "township", _("Township or subdistrict")
    DEPARTMENT = "department", _("Department")
    EXPERT = "expert", _("Expert")
    LAWYER = "lawyer", _("Lawyer")
    POLICE = "police", _("Police officer")
    ELDER = "elder", _("Respected local")
    COUNCIL = "council", _("Deliberation council member")
    INTERPRETER = "interpreter", _("Interpreter")
    MEDIA = "media", _("Media")
    OBSERVER = "observer", _("Observer")


PUBLIC_NAMES = {
    Capacity.HOST,
    Capacity.MEMBER,
    Capacity.CADRE,
    Capacity.TOWNSHIP,
    Capacity.DEPARTMENT,
    Capacity.POLICE,
}


class Participant(models.Model):
    """Somebody at the table. `count` is more than one for a group entered together.

    It is empty where a report names a capacity and does not say how many came.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="participants", verbose_name=_("meeting")
    )
    capacity = models.CharField(_("capacity"), max_length=11, choices=Capacity)
    name = models.CharField(_("person's name"), max_length=40, blank=True)
    member = models.ForeignKey(
        "committees.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("member"),
    )
    organisation = models.CharField(_("organisation or post"), max_length=60, blank=True)
    side = models.ForeignKey(
        "consultations.Side",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="participants",
        verbose_name=_("side"),
    )
    count = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True, default=1)
    attended = models.BooleanField(_("present"), default=False)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="participant_count_from_one")
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_capacity_display())

    @property
    def called(self) -> str:
        """What tells it from the others at the table: the name, or the capacity with its side."""
        side = f"·{self.side}" if self.side_id else ""
        return self.name or f"{self.get_capacity_display()}{side}"

    @property
    def post(self) -> str:
        """What its name does not say: the capacity of somebody with a name, and the organisation."""
        capacity = str(self.get_capacity_display()) if self.name else ""
        return "，".join(filter(None, [capacity, self.organisation]))


class MeetingAnswer(models.Model):
    """A member says beforehand whether he or she comes 参加/请假; a reason may stand, none is owed."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="answers", verbose_name=_("meeting")
    )
    member = models.ForeignKey(
        "committees.Member", models.CASCADE, related_name="answers", verbose_name=_("member")
    )
    is_coming = models.BooleanField(_("comes"))
    reason = models.CharField(_("reason for not coming"), max_length=100, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("answer to an invitation")
        verbose_name_plural = _("answers to invitations")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="answer_once_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.member}"


class MediaReport(models.Model):
    """What a newspaper, a station or a site told of a meeting 媒体报道; it often comes days later."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="reports", verbose_name=_("meeting")
    )
    title = models.CharField(_("headline"), max_length=120)
    outlet = models.CharField(_("outlet"), max_length=60)
    published_on = models.DateField(_("published"), null=True, blank=True)
    url = models.URLField(
        _("address of the report"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )

    class Meta:
        verbose_name = _("media report")
        verbose_name_plural = _("media reports")
        ordering = ["meeting", "published_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Statement(models.Model):
    """One point made at the meeting 发言, and by whom. Never public as it stands."""

    class Kind(models.TextChoices):
        DEMAND = "demand", _("Demand")
        POSITION = "position", _("Position")
        PROPOSAL = "proposal", _("Suggestion")
        ANSWER = "answer", _("Answer of a department")
        DISSENT = "dissent", _("Reservation")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="statements", verbose_name=_("meeting")
    )
    speaker = models.ForeignKey(
        Participant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("speaker"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.POSITION)
    text = models.TextField(_("what was said"), max_length=2000)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.text[:30]
