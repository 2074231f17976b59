"""The case 协商事项: one village's matter from the first topic to the verified result."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.models import Origin
from committees.models.regions import at_or_below
from committees.partial_dates import PartialDateField
from consultations.models.case_indexes import INDEXES
from consultations.models.topics import TopicSource
from consultations.workflow.cases import ENDED, OPEN, OWED, PUBLIC_STAGE, PublicStage, Stage


class Sensitivity(models.TextChoices):
    NORMAL = "normal", _("Normal")
    SENSITIVE = "sensitive", _("Sensitive")
    OFFLINE = "offline", _("Not fit for the internet")


class CaseQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def public(self):
        """Released and not restricted: the only cases anybody without an account may see."""
        return self.filter(is_public=True)

    def countable(self):
        """Real cases followed here; reports are quoted, demonstration and load data never count."""
        return self.filter(origin=Origin.ENTERED)

    def open(self):
        return self.filter(stage__in=OPEN)

    def late(self, *, on=None):
        return self.filter(stage__in=OWED, stage_due_on__lt=on or timezone.localdate())

    def within(self, code: str):
        """Cases of a region and everything below it."""
        if len(code) <= 2:
            return self
        if len(code) == 4:
            return self.filter(prefecture_code=code)
        if len(code) == 6:
            return self.filter(county_code=code)
        return self.filter(at_or_below([code]))


class Case(models.Model):
    """`stage` and `version` are written in one line of the project: `services.steps`.

    `prefecture_code`, `county_code`, `year` and `listed_at` repeat facts of the row so that every
    list and filter has an index that matches it exactly.
    """

    code = models.CharField(_("case number"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=60)
    problem = models.TextField(_("the problem"), max_length=4000)
    wish = models.TextField(_("what is asked for"), blank=True, max_length=2000)
    region = models.ForeignKey(
        "committees.Region", models.PROTECT, related_name="cases", verbose_name=_("place")
    )
    place = models.CharField(_("village or spot"), max_length=60, blank=True)
    prefecture_code = models.CharField(max_length=4, blank=True, editable=False)
    county_code = models.CharField(max_length=6, blank=True, editable=False)
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="cases",
        verbose_name=_("responsible committee"),
    )
    studio = models.ForeignKey(
        "committees.Studio",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("studio"),
    )
    campaign = models.ForeignKey(
        "consultations.Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("brand or campaign"),
    )
    field = models.ForeignKey(
        "consultations.TopicField",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("field"),
    )
    source = models.CharField(_("topic source"), max_length=16, choices=TopicSource, blank=True)
    source_wording = models.CharField(_("local wording of the source"), max_length=40, blank=True)
    proposer = models.CharField(_("raised by"), max_length=60, blank=True)
    recommended_by = models.ForeignKey(
        "committees.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommended_cases",
        verbose_name=_("recommended by the member"),
    )
    raised_on = PartialDateField(_("raised"))
    sensitivity = models.CharField(_("sensitivity"), max_length=9, choices=Sensitivity, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))

    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)
    stage_since = models.DateTimeField(_("at this stage since"), default=timezone.now)
    stage_due_on = models.DateField(_("next step due"), null=True, blank=True)
    # How the due date came about: see `consultations.calendar.Basis`.
    due_basis = models.JSONField(null=True, editable=False)
    review_on = models.DateField(_("review date"), null=True, blank=True)
    rounds = models.PositiveSmallIntegerField(_("handling rounds"), default=0)
    look_back_on = models.DateField(_("look back on"), null=True, editable=False)
    relapses = models.PositiveSmallIntegerField(_("times relapsed"), default=0, editable=False)
    asleep_since = models.DateField(_("nothing on record since"), null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    plan = models.TextField(_("research plan"), blank=True, max_length=2000)

    result = models.TextField(_("result, for the public"), blank=True, max_length=2000)
    public_summary = models.CharField(_("one-sentence summary"), max_length=120, blank=True)
    summary_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("public text by"),
    )
    is_public = models.BooleanField(_("public"), default=False, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    restricted_at = models.DateTimeField(_("restricted at"), null=True, editable=False)
    anonymised_at = models.DateTimeField(_("residents' names taken out"), null=True, editable=False)
    exemption = models.CharField(_("why not published"), max_length=200, blank=True)
    listed_at = models.DateTimeField(default=timezone.now, editable=False)
    steps_recorded = models.PositiveSmallIntegerField(
        _("public steps on record"),
        default=0,
        help_text=_("One bit for each of the ten public steps, the first step lowest."),
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="own_cases",
        verbose_name=_("in charge"),
    )
    helpers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="helped_cases",
        verbose_name=_("co-workers"),
    )
    compiled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("outcome compiled by"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("logged by"),
    )
    created_at = models.DateTimeField(_("logged at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    origin = models.CharField(
        _("origin"), max_length=9, choices=Origin, default=Origin.ENTERED, editable=False
    )
    citations = models.ManyToManyField(
        "committees.Citation", blank=True, related_name="cases", verbose_name=_("sources")
    )

    objects = CaseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-listed_at", "-pk"]
        indexes = INDEXES
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="case_known_stage"),
            models.CheckConstraint(
                condition=Q(is_public=False)
                | Q(published_at__isnull=False, restricted_at__isnull=True),
                name="case_public_is_released",
            ),
            models.CheckConstraint(
                condition=~Q(stage="merged") | Q(merged_into__isnull=False),
                name="case_merged_has_target",
            ),
            models.CheckConstraint(
                condition=~Q(stage="deferred") | Q(review_on__isnull=False),
                name="case_deferred_has_review_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.prefecture_code, self.county_code = self.region_id[:4], self.region_id[:6]
        if len(self.region_id) < 6:
            self.county_code = ""
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("public:case", args=[self.pk])

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["committees.region"]

    @property
    def public_stage(self) -> PublicStage | None:
        return PUBLIC_STAGE[self.stage]

    @property
    def is_ended(self) -> bool:
        return self.stage in ENDED

    @property
    def spot(self) -> str:
        return self.region.with_spot(self.place)

    @property
    def is_demo(self) -> bool:
        return self.origin == Origin.DEMO

    @property
    def is_late(self) -> bool:
        due = self.stage_due_on
        return self.stage in OWED and due is not None and due < timezone.localdate()
