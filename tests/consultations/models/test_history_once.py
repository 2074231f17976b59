"""A line of history is written once: no way through the model, the managers or the admin."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from committees.written_once import WrittenOnceError
from consultations.models import Event
from tests.factories import case_at, task_at
from tests.people import with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(county):
    return case_at("proposed", county=county).events.get(action="submit")


WRITERS = {
    "save": lambda e: e.save(),
    "save of one field": lambda e: e.save(update_fields=["reason"]),
    "save as update": lambda e: e.save(force_update=True),
    "delete": lambda e: e.delete(),
    "update": lambda e: Event.objects.update(reason="anders"),
    "update of a filter": lambda e: Event.objects.filter(pk=e.pk).update(reason="anders"),
    "delete of a filter": lambda e: Event.objects.filter(pk=e.pk).delete(),
    "delete of all": lambda e: Event.objects.all().delete(),
    "bulk update": lambda e: Event.objects.bulk_update([e], ["reason"]),
    "bulk create over": lambda e: Event.objects.bulk_create(
        [e], update_conflicts=True, update_fields=["reason"], unique_fields=["id"]
    ),
    "update or create": lambda e: Event.objects.update_or_create(
        pk=e.pk, defaults={"reason": "anders"}
    ),
    "related update": lambda e: e.case.events.update(reason="anders"),
    "related delete": lambda e: e.case.events.all().delete(),
    "public lines": lambda e: Event.objects.public().update(reason="anders"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_no_writer_changes_or_removes_a_line(event, name):
    before = list(Event.objects.order_by("pk").values())
    event.reason = "anders"

    with pytest.raises(WrittenOnceError):
        WRITERS[name](event)

    assert list(Event.objects.order_by("pk").values()) == before


def test_the_lines_of_a_task_are_no_exception(county):
    task = task_at("dispatched", county=county)

    with pytest.raises(WrittenOnceError):
        task.events.update(reason="anders")
    with pytest.raises(WrittenOnceError):
        task.events.all().delete()


def test_a_new_object_with_an_old_key_overwrites_nothing(event):
    double = Event(pk=event.pk, case=event.case, action="forged")

    with pytest.raises(IntegrityError), transaction.atomic():
        double.save()

    event.refresh_from_db()
    assert event.action == "submit"


def test_a_case_or_a_task_with_history_is_not_deleted(event, county):
    task = task_at("dispatched", county=county)

    with pytest.raises(ProtectedError):
        event.case.delete()
    with pytest.raises(ProtectedError):
        task.delete()
    with pytest.raises(ProtectedError):
        county.clerk.delete()


def test_a_new_line_can_be_written(event):
    made = Event.objects.create(case=event.case, action="note")
    Event.objects.bulk_create([Event(case=event.case, action="note")])

    assert made.pk
    assert event.case.events.filter(action="note").count() == 2


@pytest.mark.parametrize("name", ["office", "audit_admin", "system_admin", "leader"])
def test_the_admin_lets_nobody_add_change_or_delete_a_line(event, client, county, name):
    person = getattr(county, name)
    person.is_superuser = person.is_staff = True
    person.save()
    with_second_factor(person)
    client.force_login(person)
    before = list(Event.objects.order_by("pk").values())
    addresses = [
        reverse("admin:consultations_event_add"),
        reverse("admin:consultations_event_change", args=[event.pk]),
        reverse("admin:consultations_event_delete", args=[event.pk]),
    ]
    forged = {"case": event.case_id, "action": "forged", "reason": "anders", "post": "yes"}

    answers = {client.post(address, forged).status_code for address in addresses}
    listed = {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"}
    client.post(reverse("admin:consultations_event_changelist"), listed)

    assert answers == {404}
    assert list(Event.objects.order_by("pk").values()) == before


def test_whoever_audits_reads_the_lines_there(event, client, county):
    client.force_login(county.audit_admin)

    page = client.get(reverse("admin:consultations_event_changelist"))

    assert page.status_code == 200
    assert event.case.code in page.content.decode()
    assert event.case.title not in page.content.decode()
