"""What leaves through the interface, field by field. Nothing is exported because it is a column."""

from __future__ import annotations

from django.urls import reverse
from rest_framework import serializers

from consultations.selectors.steps import on_record, walking
from consultations.selectors.wording import place_of


class PartialDateText(serializers.Field):
    """A date as precise as it is known: 2020, 2020-06-mid, 2020-06-15."""

    def to_representation(self, value):
        return value.text


class CaseBase(serializers.Serializer):
    """What a row and a whole case have in common."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField()
    title = serializers.CharField()
    summary = serializers.CharField(source="public_summary")
    origin = serializers.CharField()
    year = serializers.IntegerField()
    stage = serializers.CharField(source="public_stage")
    stage_label = serializers.SerializerMethodField()
    steps_on_record = serializers.SerializerMethodField()
    at_step = serializers.SerializerMethodField()
    prefecture = serializers.CharField(source="prefecture_code")
    county = serializers.CharField(source="county_code")

    def get_url(self, case) -> str:
        return self.context["request"].build_absolute_uri(case.get_absolute_url())

    def get_stage_label(self, case) -> str:
        """The stage in words, as the place of the case calls it."""
        return self.context["names"].public(case.public_stage, region=place_of(case))

    def get_steps_on_record(self, case) -> int:
        return on_record(case)

    def get_at_step(self, case) -> int | None:
        """The number of the step it is at, from 1; None once it has ended."""
        now = walking(case)
        return None if now is None else now + 1


class CaseRow(CaseBase):
    field = serializers.SerializerMethodField()
    figure = serializers.SerializerMethodField()
    listed_at = serializers.DateTimeField()

    def get_field(self, case) -> str | None:
        return case.field_name

    def get_figure(self, case) -> dict | None:
        if case.figure_name is None:
            return None
        return {
            "name": case.figure_name,
            "before": case.figure_before,
            "after": case.figure_after,
            "unit": case.figure_unit,
            "exactness": case.figure_exactness,
        }


class CaseItself(CaseBase):
    code = serializers.CharField()
    problem = serializers.CharField()
    wish = serializers.CharField()
    result = serializers.CharField()
    source = serializers.CharField()
    raised_on = PartialDateText()
    committee = serializers.CharField(source="committee.region_id")
    studio = serializers.CharField(source="studio.code", default=None)
    campaign = serializers.CharField(source="campaign.code", default=None)
    field = serializers.CharField(source="field.code", default=None)
    published_at = serializers.DateTimeField()


class TaskShown(serializers.Serializer):
    title = serializers.CharField(source="task.title")
    unit = serializers.IntegerField(source="task.unit_id")
    unit_name = serializers.SerializerMethodField()
    role = serializers.CharField(source="task.role")
    state = serializers.CharField(source="task.state")
    state_label = serializers.SerializerMethodField()
    light = serializers.CharField()
    percent = serializers.IntegerField(source="task.percent")
    due_on = serializers.DateField(source="task.due_on")
    answered_on = serializers.DateField(source="task.answered_on")
    verified_on = serializers.DateField(source="task.verified_on")

    def get_state_label(self, row) -> str:
        return self.context["names"].of_task(row.task, case=self.context["case"])

    def get_unit_name(self, row) -> str:
        return row.task.unit_label or row.task.unit_wording


class CommitmentShown(serializers.Serializer):
    promised_by = serializers.CharField()
    text = serializers.CharField()
    state = serializers.CharField()
    due_on = serializers.DateField()


class ItemShown(serializers.Serializer):
    number = serializers.IntegerField(source="item.number")
    text = serializers.CharField(source="item.text")
    route = serializers.CharField(source="item.route")
    state = serializers.CharField()
    tasks = TaskShown(many=True)
    commitments = CommitmentShown(many=True)


class MetricShown(serializers.Serializer):
    name = serializers.CharField()
    before = serializers.DecimalField(max_digits=14, decimal_places=2)
    after = serializers.DecimalField(max_digits=14, decimal_places=2)
    unit = serializers.CharField()
    exactness = serializers.CharField()


class RatingShown(serializers.Serializer):
    answers = serializers.IntegerField()
    judged = serializers.IntegerField()
    content = serializers.IntegerField()
    asked = serializers.IntegerField()
    coverage = serializers.FloatField()
    rate = serializers.FloatField()
    counts = serializers.DictField()


class SourceShown(serializers.Serializer):
    report = serializers.CharField(source="report_code")
    title = serializers.CharField(source="report_title")
    authors = serializers.CharField(source="report_authors")
    published_on = PartialDateText()


class LineShown(serializers.Serializer):
    action = serializers.CharField(source="event.action")
    when = PartialDateText()
    note = serializers.CharField()


class CaseWhole(serializers.Serializer):
    """A `CasePage`: the case and what its page shows around it."""

    case = CaseItself()
    items = ItemShown(many=True)
    metrics = MetricShown(many=True)
    rating = RatingShown(source="score")
    sources = SourceShown(many=True)
    timeline = LineShown(source="case_lines", many=True)


class UnitShown(serializers.Serializer):
    """A unit by name and place; how many tasks each figure counts, none of them a rank."""

    id = serializers.IntegerField(source="unit.pk")
    url = serializers.SerializerMethodField()
    name = serializers.CharField(source="unit.name")
    region = serializers.CharField(source="unit.region_id")
    region_name = serializers.CharField(source="unit.region.name")
    figures = serializers.SerializerMethodField()

    def get_url(self, row) -> str:
        return self.context["request"].build_absolute_uri(
            reverse("public:unit", args=[row.unit.pk])
        )

    def get_figures(self, row) -> dict[str, int]:
        return {str(figure): count for figure, count in row.figures}
