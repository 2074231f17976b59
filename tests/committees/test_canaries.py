"""Five hundred numbers go through everything that takes one; none is found where it may not lie.

Looked through are the raw bytes of the database, with what was deleted or written over, and every
line of the log as it is written out; on SQLite also its files on the disk, and a copy of them.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from committees.models import AuditEntry, Member, Seat, UnitContact, User
from committees.services import clear
from config.logs import Masked
from tests.committees.imports.tables import take
from tests.committees.signin.desk import sign_in
from tests.people import a_county

pytestmark = pytest.mark.django_db
EACH = 100
MEMBERS, ACCOUNTS, CONTACTS, IMPORTED, TYPED = (
    [f"1{kind}8{kind * 7_654_321 + number:08d}" for number in range(EACH)]
    for kind in (3, 5, 7, 8, 9)
)
EVERY = [*MEMBERS, *ACCOUNTS, *CONTACTS, *IMPORTED, *TYPED]


def of_members(county) -> list[Member]:
    found = [Member.objects.create(name=f"演{n}", mobile=one) for n, one in enumerate(MEMBERS)]
    for member in found:
        Seat.objects.create(member=member, committee=county.committee)
    return found


def of_accounts() -> None:
    for number, one in enumerate(ACCOUNTS):
        User.objects.create(username=f"canary-{number}", mobile=one)


def of_contacts(county) -> None:
    for number, one in enumerate(CONTACTS):
        UnitContact.objects.create(unit=county.unit, name=f"示{number}", mobile=one)


def of_a_table(county) -> None:
    rows = [
        {"name": f"表{number}", "mobile": one, "committee": county.committee.name}
        for number, one in enumerate(IMPORTED)
    ]
    take("members", rows, county.office)


def typed_where_none_belongs(county) -> None:
    """As a user name, in a search, in the words of a topic, as a path."""
    client = Client()
    client.force_login(county.office)
    for number, one in enumerate(TYPED[:20]):
        sign_in(f"{one}", "wrong horse", REMOTE_ADDR=f"10.0.{number}.1")
        client.get("/admin/committees/member/", {"q": one})
        client.get(f"/nowhere/{one}/")
        client.post("/admin/personal-data/", {"kind": "resident", "words": one, "look": "1"})
    for number, one in enumerate(TYPED[20:60]):
        Client().post("/propose/", {"title": f"路灯{number}", "problem": f"请打{one}"},
                      REMOTE_ADDR=f"10.1.{number}.1")  # fmt: skip
    for one in TYPED[60:]:
        logging.getLogger("committees").error("nothing came of %s", one)


def raw() -> bytes:
    """Every byte of the database: SQLite gives its pages, PostgreSQL the rows of every table."""
    if connection.vendor == "sqlite":
        return connection.connection.serialize()
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT "{table}"::text FROM "{table}"')
            told += [row[0] for row in cursor.fetchall()]
    return "\n".join(told).encode()


def found_in(text: bytes) -> list[str]:
    return [one for one in EVERY if one.encode() in text or one[3:].encode() in text]


@pytest.fixture
def written():
    """The log as the handlers write it."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(handler.format(record))
    handler.setFormatter(Masked("%(levelname)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)


def test_no_number_lies_in_the_open(county, written):
    members = of_members(county)
    of_accounts()
    of_contacts(county)
    of_a_table(county)
    typed_where_none_belongs(county)
    for member, one in zip(members[:10], MEMBERS, strict=False):
        seen = clear.see(member, by=county.office, role="county_office",
                         region=county.region.code, why="arrange", words="走访")  # fmt: skip
        assert seen == one
    for member in members[10:20]:
        member.mobile = ""
        member.save()
    call_command("reseal")

    assert Member.objects.exclude(mobile_index="").count() == 2 * EACH - 10
    assert AuditEntry.objects.filter(kind="seen_in_clear").count() >= 10
    assert len([line for line in written if "nothing came of" in line]) == 40
    assert found_in(raw()) == []
    assert found_in("\n".join(written).encode()) == []


def test_what_does_lie_there_is_found_also_after_it_was_deleted(county):
    member = Member.objects.create(name=MEMBERS[0])
    assert found_in(raw()) == [MEMBERS[0]]
    assert found_in(f"INFO {ACCOUNTS[1]}".encode()) == [ACCOUNTS[1]]
    if connection.vendor == "sqlite":
        Member.history.all().delete()
        member.delete()
        assert found_in(raw()) == [MEMBERS[0]]


def bytes_of(file: Path) -> bytes:
    """Read by another process: closing the file in this one would end the locks that SQLite holds
    on it, and the next writers would spoil the database."""
    told = "import pathlib, sys; sys.stdout.buffer.write(pathlib.Path(sys.argv[1]).read_bytes())"
    command = [sys.executable, "-c", told, str(file)]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks at the files of SQLite")
@pytest.mark.django_db(transaction=True)
def test_neither_the_files_on_the_disk_nor_a_copy_of_them_hold_a_number(tmp_path):
    county = a_county()
    of_members(county)
    of_accounts()
    of_contacts(county)
    kept, copy = Path(connection.settings_dict["NAME"]), tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    parts = [kept, kept.with_name(f"{kept.name}-wal"), copy]
    assert all(part.stat().st_size for part in parts)
    assert [found_in(bytes_of(part)) for part in parts] == [[], [], []]

    Member.objects.create(name=MEMBERS[0])
    assert found_in(bytes_of(parts[0]) + bytes_of(parts[1])) == [MEMBERS[0]]
