"""Seats that a table ends, seats that it gives again, and what stands against either."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from committees.models import AuditEntry, Member, Seat, StudioSeat
from committees.partial_dates import PartialDate
from committees.services.imports import run
from tests.committees.imports.tables import a_row, rows, states, take
from tests.people import a_person

pytestmark = pytest.mark.django_db
GONE = {"ended": "removed", "valid_until": "2026-03-01", "ended_reason": "工作调动"}


@pytest.fixture
def seat(county):
    return seated(county, mobile="13812345678")


def seated(county, *, since: str = "2022", **about) -> Seat:
    member = Member.objects.create(name="周敏", **about)
    return Seat.objects.create(member=member, committee=county.committee,
                               valid_from=PartialDate.parse(since))  # fmt: skip


def placed(county, seat, kind: str) -> StudioSeat:
    return StudioSeat.objects.create(studio=county.studio, member=seat.member, kind=kind,
                                     name=seat.member.name)  # fmt: skip


def look(county, **cells):
    return run.look("members", rows(a_row(county, **cells)), by=county.office).lines[0]


def ended(row) -> tuple[str, str, str]:
    row.refresh_from_db()
    return row.ended, row.valid_until.text if row.valid_until else "", row.ended_reason


def test_a_seat_ends_with_its_date_and_reason_after_it_was_looked_at(county, seat):
    line = look(county, **GONE)
    assert (line.state, len(line.notes)) == ("changed", 1)
    assert str(county.committee) in line.notes[0]
    assert "2026年3月1日" in line.notes[0]
    assert ended(seat) == ("", "", "")

    take("members", [a_row(county, **GONE)], county.office)

    assert ended(seat) == ("removed", "2026-03-01", "工作调动")
    assert seat.history.first().history_user == county.office
    told = AuditEntry.objects.get(kind="changed")
    assert (told.about, told.region, told.actor) == (
        f"member:{seat.member_id}", county.region.code, county.office,
    )  # fmt: skip
    assert "工作调动" not in told.facts


def test_what_was_ended_already_is_the_same_and_another_day_is_not(county, seat):
    take("members", [a_row(county, **GONE)], county.office)
    assert states("members", [a_row(county, **GONE)], county.office) == ["same"]
    other = GONE | {"valid_until": "2026-04-01"}
    assert states("members", [a_row(county, **other)], county.office) == ["wrong"]
    assert ended(seat)[1] == "2026-03-01"


def test_the_places_of_a_member_in_studios_end_with_the_seat_those_of_a_director_stay(county, seat):
    mine, led = placed(county, seat, "member"), placed(county, seat, "director")
    seat.member.user = a_person("zhoumin", name="周敏")
    seat.member.save()

    line = look(county, **GONE)
    assert len(line.notes) == 4  # the seat, the place, what stays, the account
    take("members", [a_row(county, **GONE)], county.office)

    for row in (mine, led):
        row.refresh_from_db()
    assert (mine.valid_until.text, led.valid_until) == ("2026-03-01", None)


def test_an_end_that_was_foreseen_is_brought_forward(county, seat):
    place, soon = placed(county, seat, "member"), timezone.localdate() + dt.timedelta(days=30)
    for row in (seat, place):
        row.valid_until = PartialDate.parse(soon)
        row.save()

    take("members", [a_row(county, **GONE)], county.office)

    place.refresh_from_db()
    assert ended(seat) == ("removed", "2026-03-01", "工作调动")
    assert place.valid_until.text == "2026-03-01"


def test_a_seat_on_another_committee_is_left_alone(county, elsewhere, seat):
    other = Seat.objects.create(member=seat.member, committee=elsewhere.committee)
    take("members", [a_row(county, **GONE)], county.office)
    assert (ended(seat)[0], ended(other)[0]) == ("removed", "")
    far = {"committee": elsewhere.committee.short_name}
    assert states("members", [a_row(county, **GONE, **far)], county.office) == ["wrong"]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"valid_until": ""}, "valid_until"),
        ({"valid_until": "昨天"}, "valid_until"),
        ({"valid_until": "2021"}, "valid_until"),
        ({"ended_reason": ""}, "ended_reason"),
        ({"ended_reason": "打13812345678"}, "ended_reason"),
        ({"ended": ""}, "ended"),
        ({"ended": "退休"}, "ended"),
        ({"name": "无此人"}, "name"),
    ],
)
def test_an_end_that_does_not_fit_is_told_at_its_cell(county, seat, cells, column):
    line = look(county, **(GONE | cells))
    assert {heading for heading, _reason in line.errors} == {line.heading(column)}
    assert not line.writers


def test_a_day_that_has_not_come_ends_nothing(county, seat):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    line = look(county, **(GONE | {"valid_until": tomorrow.isoformat()}))
    assert line.state == "wrong"
    today = timezone.localdate().isoformat()
    assert look(county, **(GONE | {"valid_until": today})).state == "changed"


def test_the_end_of_a_term_needs_no_reason(county, seat):
    take("members", [a_row(county, ended="term_over", valid_until="2026-02")], county.office)
    assert ended(seat) == ("term_over", "2026-02", "")


def test_of_two_members_of_one_name_the_phone_tells_whose_seat_ends(county, seat):
    other = seated(county, mobile="13912345678")
    assert states("members", [a_row(county, **GONE)], county.office) == ["wrong"]
    take("members", [a_row(county, mobile="13912345678", **GONE)], county.office)
    assert (ended(seat)[0], ended(other)[0]) == ("", "removed")


def test_somebody_is_added_during_the_term(county):
    cells = {"began": "added", "valid_from": "2026-05"}
    note = look(county, **cells).notes[-1]
    assert str(Seat.Began.ADDED.label) in note
    assert "2026年5月" in note
    take("members", [a_row(county, **cells)], county.office)
    new = Seat.objects.get(member__name="周敏")
    assert (new.began, new.valid_from.text) == ("added", "2026-05")
    told = AuditEntry.objects.get(kind="changed")
    assert (told.about, told.region) == (f"member:{new.member_id}", county.region.code)
    assert f'"seat:{new.pk}"' in told.facts


def test_who_comes_back_is_the_same_person_by_the_phone(county, seat):
    take("members", [a_row(county, **GONE)], county.office)
    back = {"began": "added", "valid_from": "2026-06"}
    assert states("members", [a_row(county, **back)], county.office) == ["wrong"]

    take("members", [a_row(county, mobile="13812345678", **back)], county.office, token="b" * 32)
    assert Member.objects.get(name="周敏").seats.count() == 2


def test_a_namesake_with_another_phone_is_somebody_else(county, seat):
    take("members", [a_row(county, **GONE)], county.office)
    take("members", [a_row(county, mobile="13912345678")], county.office, token="b" * 32)
    assert Member.objects.filter(name="周敏").count() == 2


def test_a_member_of_two_levels_stays_one_person_and_one_of_another_place_is_not_found(
    county, elsewhere, root
):
    far = seated(elsewhere, mobile="13812345678")
    told = a_row(county, mobile="13812345678")
    assert look(county, mobile="13812345678").notes[0] == look(county).notes[0]  # a new member

    take("members", [told], root)

    assert far.member.seats.count() == 2


def test_rows_that_end_cost_the_same_queries_for_one_and_three(county, django_assert_num_queries):
    numbers = [f"1381234567{n}" for n in range(3)]
    for mobile in numbers:
        placed(county, seated(county, mobile=mobile), "member")
    for many in (1, 3):
        told = rows(*[a_row(county, mobile=m, **GONE) for m in numbers[:many]])
        with django_assert_num_queries(LOOK_QUERIES):
            assert run.look("members", told, by=county.office).writes


LOOK_QUERIES = 9
