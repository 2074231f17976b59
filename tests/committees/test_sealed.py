"""Phones at rest: nobody reads them in the database, and they are found all the same."""

from __future__ import annotations

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection

from committees import keys, sealed
from committees.models import Member

ONE, TWO = b"1" * 32, b"2" * 32
PHONE = "13887654321"
pytestmark = pytest.mark.django_db


def stored(column: str = "mobile", table: str = "committees_member") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY 1 DESC")
        return cursor.fetchone()[0]


def test_the_database_holds_neither_the_number_nor_a_part_of_it():
    Member.objects.create(name="张三", mobile=PHONE)

    for table in ("committees_member", "committees_historicalmember"):
        for column in ("mobile", "mobile_index"):
            assert "8765" not in stored(column, table)
    assert Member.objects.get().mobile == PHONE
    assert Member.history.get().mobile == PHONE


def test_the_same_number_is_sealed_differently_each_time():
    assert sealed.seal(PHONE, purpose="mobile") != sealed.seal(PHONE, purpose="mobile")


@pytest.mark.parametrize(
    "typed", [PHONE, "138 8765 4321", "138-8765-4321", "１３８８７６５４３２１"]
)
def test_a_number_is_found_however_it_is_typed(typed):
    member = Member.objects.create(name="张三", mobile="138 8765-4321")

    assert Member.objects.get(mobile_index__in=sealed.indexes(typed)) == member


def test_nothing_is_found_by_the_sealed_column():
    with pytest.raises(FieldError):
        Member.objects.filter(mobile=PHONE).exists()
    with pytest.raises(FieldError):
        Member.objects.filter(mobile__contains="138").exists()


def test_no_number_is_no_number():
    Member.objects.create(name="张三")

    assert (stored(), stored("mobile_index")) == ("", "")
    assert sealed.indexes("") == []


def test_a_value_somebody_changed_is_not_read():
    name, _dot, packed = sealed.seal(PHONE, purpose="mobile").partition(".")
    other = "A" if packed[20] != "A" else "B"

    with pytest.raises(sealed.Unreadable):
        sealed.unseal(f"{name}.{packed[:20]}{other}{packed[21:]}", purpose="mobile")


def test_a_value_moved_to_another_field_is_not_read():
    with pytest.raises(sealed.Unreadable):
        sealed.unseal(sealed.seal(PHONE, purpose="mobile"), purpose="citizen_id")


def test_after_a_change_of_keys_the_old_one_can_be_taken_away(settings):
    settings.DATA_KEYS = [ONE]
    Member.objects.create(name="张三", mobile=PHONE)
    settings.DATA_KEYS = [TWO, ONE]
    assert Member.objects.filter(mobile_index__in=sealed.indexes(PHONE)).exists()

    call_command("reseal")

    settings.DATA_KEYS = [TWO]
    assert Member.objects.get().mobile == PHONE
    assert Member.history.get().mobile == PHONE
    assert Member.objects.filter(mobile_index__in=sealed.indexes(PHONE)).exists()
    assert stored().startswith(keys.name_of(TWO))


def test_a_value_whose_key_is_gone_says_so(settings):
    settings.DATA_KEYS = [ONE]
    Member.objects.create(name="张三", mobile=PHONE)
    settings.DATA_KEYS = [TWO]

    with pytest.raises(sealed.Unreadable):
        Member.objects.get()


@pytest.mark.parametrize(
    ("number", "shown"), [(PHONE, "138****4321"), ("65123456", "********"), ("", "")]
)
def test_a_masked_number_keeps_neither_its_middle_nor_too_little(number, shown):
    assert sealed.masked(number) == shown
