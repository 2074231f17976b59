"""The same tables, with a few columns and nothing else."""

from django.db import models


class Case(models.Model):
    title = models.CharField(max_length=60)
    public_summary = models.CharField(max_length=120)
    place = models.CharField(max_length=60)
    problem = models.TextField()
    stage = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    is_public = models.BooleanField()
    listed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "consultations_case"

    def __str__(self):
        return self.title


class Item(models.Model):
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="items")
    text = models.CharField(max_length=300)

    class Meta:
        managed = False
        db_table = "consultations_agreeditem"

    def __str__(self):
        return self.text


class Task(models.Model):
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="tasks")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=16)

    class Meta:
        managed = False
        db_table = "consultations_task"

    def __str__(self):
        return self.title


class Event(models.Model):
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="events")
    action = models.CharField(max_length=28)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "consultations_event"

    def __str__(self):
        return self.action
