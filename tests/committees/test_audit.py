"""The audit log: written with the act, chained after it, and every meddling is found."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from committees import audit, keys
from committees.models import AuditEntry, AuditSeal, User
from committees.written_once import WrittenOnceError
from tests.benchmarks import chain
from tests.races import race

ONE = b"1" * 32
TWO = b"2" * 32
FAULT = audit.Fault


@pytest.fixture
def unguarded(db):
    """Whoever owns the tables may take the guard off; the chain has to find what is done then."""
    if connection.vendor == "postgresql":
        for table in ("committees_auditentry", "committees_auditseal"):
            meddle(f"ALTER TABLE {table} DISABLE TRIGGER audit_rows_stay")


@pytest.fixture
def ten(unguarded, django_capture_on_commit_callbacks) -> list[AuditEntry]:
    """Ten sealed entries."""
    somebody = User.objects.create(username="audited")
    with django_capture_on_commit_callbacks(execute=True):
        entries = [
            audit.record("sign_in", by=somebody, region="539921", facts={"round": n})
            for n in range(10)
        ]
    assert AuditSeal.objects.count() == 10
    return entries


def meddle(sql: str, *values) -> None:
    """Somebody with the password of the database, past everything the program forbids."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_untouched_chain_holds(ten):
    verdict = audit.verify()

    assert (verdict.sealed, verdict.waiting, verdict.fault) == (10, 0, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "sign_out"),
        ("role", "leader"),
        ("address", "10.0.0.1"),
        ("region", "539922"),
        ("about", "case:1"),
        ("facts", '{"round": 44}'),
        ("actor_id", None),
        ("at", timezone.now() - dt.timedelta(days=3)),
    ],
)
def test_a_changed_column_is_found_at_its_entry(ten, column, value):
    meddle(f"UPDATE committees_auditentry SET {column} = %s WHERE id = %s", value, ten[6].pk)

    assert audit.verify().fault == audit.Finding(7, ten[6].pk, FAULT.CHANGED)


def test_an_entry_taken_out_with_its_seal_is_missed(ten):
    meddle("DELETE FROM committees_auditseal WHERE entry_id = %s", ten[3].pk)
    meddle("DELETE FROM committees_auditentry WHERE id = %s", ten[3].pk)

    assert audit.verify().fault == audit.Finding(4, ten[4].pk, FAULT.MISSING)


def test_two_entries_that_changed_places_are_found(ten):
    first, second = ten[1].pk, ten[2].pk
    meddle("UPDATE committees_auditseal SET entry_id = -1 WHERE entry_id = %s", first)
    meddle("UPDATE committees_auditseal SET entry_id = %s WHERE entry_id = %s", first, second)
    meddle("UPDATE committees_auditseal SET entry_id = %s WHERE entry_id = -1", second)

    assert audit.verify().fault == audit.Finding(2, second, FAULT.CHANGED)


def test_entries_cut_off_at_the_end_are_found_by_what_was_noted(ten):
    noted = (10, audit.verify().digest)
    last = [entry.pk for entry in ten[8:]]
    meddle("DELETE FROM committees_auditseal WHERE entry_id IN (%s, %s)", *last)
    meddle("DELETE FROM committees_auditentry WHERE id IN (%s, %s)", *last)

    assert audit.verify().fault is None  # nobody can tell, without the note
    assert audit.verify(noted=noted).fault == audit.Finding(9, None, FAULT.CUT_OFF)


def test_a_chain_written_anew_without_the_key_does_not_hold(ten, settings):
    honest = settings.DATA_KEYS
    AuditSeal.objects.all()._raw_delete("default")
    settings.DATA_KEYS = [TWO]
    audit.seal_waiting(everything=True)
    settings.DATA_KEYS = honest

    assert audit.verify().fault == audit.Finding(1, ten[0].pk, FAULT.NO_KEY)


def test_an_old_key_still_verifies_after_a_change_of_keys(db, settings):
    settings.DATA_KEYS = [ONE]
    audit.record("sign_in", by=None)
    audit.seal_waiting()
    settings.DATA_KEYS = [TWO, ONE]
    audit.record("sign_out", by=None)
    audit.seal_waiting()

    assert audit.verify().fault is None
    assert set(AuditSeal.objects.values_list("key", flat=True)) == {
        keys.name_of(ONE),
        keys.name_of(TWO),
    }


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_entry():
    with transaction.atomic():
        audit.record("sign_in", by=None)
        transaction.set_rollback(True)

    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_eight_at_once_make_one_chain_without_a_gap():
    outcomes = race(*[lambda: [audit.record("sign_in", by=None) for _ in range(5)]] * 8)
    audit.seal_waiting(everything=True)

    verdict = audit.verify()
    assert set(outcomes) == {"done"}
    assert (verdict.sealed, verdict.waiting, verdict.fault) == (40, 0, None)


def test_what_a_crash_left_unsealed_is_sealed_by_the_next_act(db):
    audit.record("sign_in", by=None)  # the callbacks of this test are never run
    assert audit.verify().waiting == 1

    audit.seal_waiting()

    assert audit.verify() == audit.Verdict(1, AuditSeal.objects.get().digest, 0, None)


@pytest.mark.parametrize("act", ["changed", "taken_out", "swapped"])
def test_one_row_in_some_hundred_is_found_wherever_it_is(unguarded, act):
    """The same is done to a million rows by tests.benchmarks.audit_chain."""
    chain.fill(400, at_once=150)
    assert audit.verify().fault is None

    assert chain.meddle(every=400)[act]
    assert audit.verify().fault is None


@pytest.mark.postgresql_only
@pytest.mark.parametrize("sql", [
    "UPDATE committees_auditentry SET facts = '{}'", "DELETE FROM committees_auditseal",
    "UPDATE committees_auditseal SET digest = ''", "DELETE FROM committees_auditentry",
])  # fmt: skip
def test_the_database_itself_refuses_to_change_or_delete(db, sql):
    audit.record("sign_in", by=None)
    audit.seal_waiting()

    with pytest.raises(DatabaseError), transaction.atomic():
        meddle(sql)


def test_neither_entry_nor_seal_can_be_changed_or_deleted(ten):
    for row in (ten[0], AuditSeal.objects.first()):
        with pytest.raises(WrittenOnceError):
            row.save()
        with pytest.raises(WrittenOnceError):
            row.delete()
        with pytest.raises(WrittenOnceError):
            type(row).objects.all().delete()
        with pytest.raises(WrittenOnceError):
            type(row).objects.update(pk=5)


def test_the_command_says_that_the_log_holds_and_what_to_note(ten, capsys):
    call_command("verify_audit")

    assert capsys.readouterr().out.endswith(f"10:{audit.verify().digest}\n")


def test_the_command_names_the_first_broken_entry(ten):
    meddle("UPDATE committees_auditentry SET facts = '{}' WHERE id >= %s", ten[4].pk)

    with pytest.raises(CommandError, match=f"5.*{ten[4].pk}"):
        call_command("verify_audit")


def test_the_command_refuses_a_note_it_did_not_print(ten):
    with pytest.raises(CommandError):
        call_command("verify_audit", "--noted", "ten")
