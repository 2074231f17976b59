"""Whatever is done to a case, and whatever was refused, stands in the audit log."""

from __future__ import annotations

import pytest
from django.db import transaction

from committees import audit
from committees.models import AuditEntry
from consultations.models import Event
from consultations.services import cases, history
from consultations.workflow.engine import Refused
from tests.factories import CASE_WAYS, a_county, case_at, step, task_at

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(kind=kind).order_by("pk"))


@pytest.mark.parametrize("stage", sorted(CASE_WAYS))
def test_every_line_of_history_on_the_way_to_a_stage_has_its_entry(county, stage):
    case_at(stage, county=county)

    told_of = {
        audit.facts_of(e)["event"] for e in AuditEntry.objects.filter(kind__in=("step", "record"))
    }
    assert told_of == set(Event.objects.values_list("pk", flat=True))


def test_an_entry_names_who_as_whom_where_and_from_what_to_what(county):
    case = case_at("proposed", county=county)
    step(case, "approve")

    entry = told("step")[-1]
    assert (entry.actor, entry.role, entry.region) == (county.leader, "leader", case.region_id)
    assert entry.about == f"case:{case.pk}"
    facts = audit.facts_of(entry)
    assert (facts["action"], facts["from"], facts["to"]) == ("approve", "proposed", "approved")


def test_a_step_of_a_task_is_about_the_task(county):
    task = task_at("handling", county=county)

    assert f"task:{task.pk}" in {entry.about for entry in told("step")}


def test_what_was_refused_is_told_with_who_tried(county):
    case = case_at("proposed", county=county)

    with pytest.raises(Refused):
        cases.advance(case, "approve", by=county.clerk)

    entry = told("refused")[-1]
    assert (entry.actor, entry.about) == (county.clerk, f"case:{case.pk}")
    assert audit.facts_of(entry)["action"] == "approve"


def test_the_words_of_a_reason_do_not_go_into_the_log(county):
    case = case_at("proposed", county=county)
    cases.advance(case, "reject", by=county.office, data={"reason": "与老张家的地界有关"})

    assert "老张" not in told("step")[-1].facts


@pytest.mark.django_db(transaction=True)
def test_a_step_whose_entry_cannot_be_written_does_not_happen(monkeypatch):
    county = a_county()
    case = case_at("proposed", county=county)

    def broken(*args, **kwargs):
        raise OSError("no room")

    monkeypatch.setattr(history.audit, "record", broken)
    with pytest.raises(OSError, match="no room"):
        step(case, "approve")

    case.refresh_from_db()
    assert case.stage == "proposed"
    assert not case.events.filter(action="approve").exists()


@pytest.mark.django_db(transaction=True)
def test_after_the_commit_the_chain_is_closed():
    case_at("approved", county=a_county())

    verdict = audit.verify()
    assert verdict.sealed == AuditEntry.objects.count() > 2
    assert (verdict.waiting, verdict.fault) == (0, None)


@pytest.mark.django_db(transaction=True)
def test_a_step_undone_with_its_transaction_leaves_no_entry():
    county = a_county()
    case = case_at("proposed", county=county)
    before = AuditEntry.objects.count()
    with transaction.atomic():
        step(case, "approve")
        transaction.set_rollback(True)

    assert AuditEntry.objects.count() == before
