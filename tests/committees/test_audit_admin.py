"""Who reads the audit log, and that keeping a list is told there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from committees import audit
from committees.models import AuditEntry
from tests.factories import a_county, a_person
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db
LOG = "/admin/committees/auditentry/"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def readable(person) -> set[int]:
    """The keys of the entries on the first page of the log."""
    page = client_of(person).get(LOG)
    assert page.status_code == 200
    return {entry.pk for entry in page.context["cl"].result_list}


@pytest.mark.parametrize("role", ["county_office", "leader", "system_admin", "security_admin",
                                  "member", "unit_officer"])  # fmt: skip
def test_nobody_but_the_auditor_reads_the_log(county, role):
    assert client_of(county.people[role]).get(LOG).status_code == 404


def test_the_auditor_reads_what_happened_in_his_county_and_below(county):
    other = a_county("539922", name="白塔县")
    mine = audit.record("exported", by=county.office)
    below = audit.record("exported", by=None, region=county.township.code)
    theirs = audit.record("exported", by=other.office)
    nowhere = audit.record("exported", by=None)

    seen = readable(county.people["audit_admin"])

    assert {mine.pk, below.pk} <= seen
    assert not {theirs.pk, nowhere.pk} & seen


def test_what_belongs_to_no_place_is_read_by_the_auditor_of_the_province(county):
    nowhere = audit.record("exported", by=None)
    province = county.region.parent.parent

    assert nowhere.pk in readable(a_person("audit-53", ("audit_admin", province)))


def test_the_log_can_be_narrowed_to_one_kind(county):
    wanted = audit.record("exported", by=county.office)
    audit.record("imported", by=county.office)

    page = client_of(county.people["audit_admin"]).get(LOG, {"kind": "exported"})

    assert [entry.pk for entry in page.context["cl"].result_list] == [wanted.pk]


def test_keeping_a_list_is_told_with_the_fields_but_not_their_values(county):
    browser = Colleague(county.office)
    browser.open(reverse("admin:committees_handlingunit_change", args=[county.unit.pk]))
    browser.send("_save", box="remit", remit="水利")

    entry = AuditEntry.objects.get(kind="changed")

    assert (entry.actor, entry.role, entry.region) == (
        county.office, "county_office", county.unit.region_id)  # fmt: skip
    assert entry.about == f"handlingunit:{county.unit.pk}"
    assert "水利" not in entry.facts
    assert audit.facts_of(entry)["what"]


def test_a_new_entry_of_a_list_is_told(county):
    browser = Colleague(county.office)
    browser.open(reverse("admin:committees_studio_add"))
    browser.send("_save", box="name", name="新工作室", code="new",
                 committee=county.committee.short_name, region="临河乡")  # fmt: skip

    assert AuditEntry.objects.filter(kind="added", actor=county.office).count() == 1
