"""Members in the staff screens: whose duty record, whose photo; and nobody ranked anywhere."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from committees.models import AuditEntry, Member, MemberGroup, Origin, StudioSeat
from consultations.selectors import duty
from tests.consultations.admin.sheet_cells import cells
from tests.factories import a_county, a_person, case_at
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db
LISTS = ("membergroup", "studioplan", "studioactivity", "checklist", "checklistmark")


@pytest.fixture
def me(county) -> Member:
    return seated(county, "李望舒", user=county.member)


def seated(county, name: str, **fields) -> Member:
    member = Member.objects.create(name=name, **fields)
    StudioSeat.objects.create(studio=county.studio, kind="member", name=name, member=member)
    member.seats.create(committee=county.committee, began="elected", valid_from="2022-01")
    return member


def contact(member: Member, county, number: int = 1) -> None:
    for _ in range(number):
        member.contacts.create(
            kind="talk", head_count=3, recorded_by=county.member, held_on=timezone.localdate()
        )


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(member: Member, page: str) -> str:
    return f"/admin/committees/member/{member.pk}/{page}/"


def picture(kind: str = "JPEG") -> SimpleUploadedFile:
    out = io.BytesIO()
    image = Image.new("RGB", (40, 30), "green")
    exif = image.getexif()
    exif[0x8825] = {1: "N", 2: (25.0, 0.0, 0.0)}
    image.save(out, kind, exif=exif)
    return SimpleUploadedFile("me.jpg", out.getvalue(), content_type="image/jpeg")


# --- the duty record ----------------------------------------------------------------------------


def test_the_office_reads_record_and_score_and_the_studio_only_the_record(county, me):
    contact(me, county)
    scheme = county.region.duty_schemes.create(title="量化办法", base=10,
                                               valid_from=dt.date(2020, 1, 1))  # fmt: skip
    for role, sees_score in (("office", True), ("director", False), ("clerk", False)):
        page = Colleague(getattr(county, role)).open(url(me, "duty"))
        assert page.status == 200
        assert (scheme.title in page.text) == sees_score


@pytest.mark.parametrize("role", ["leader", "prefecture_office", "province_office", "member",
                                  "dispatch_office", "system_admin"])  # fmt: skip
@pytest.mark.parametrize("page", ["duty", "duty/sheet", "profile", "photo"])
def test_nobody_else_reads_it(county, me, role, page):
    assert client_of(county.people[role]).get(url(me, page)).status_code == 404


@pytest.mark.parametrize("page", ["duty", "duty/sheet", "profile", "photo"])
def test_the_office_of_another_county_does_not_find_the_member(county, me, page):
    other = a_county("539922", name="白塔县")
    assert client_of(other.office).get(url(me, page)).status_code == 404
    assert client_of(other.director).get(url(me, page)).status_code == 404


def test_a_director_keeps_no_photo(county, me):
    assert client_of(county.director).get(url(me, "profile")).status_code == 404


def test_attendance_is_told_for_the_year_asked(county, me):
    office = Colleague(county.office)
    assert "2024" in office.open(url(me, "duty") + "?year=2024").text
    assert office.open(url(me, "duty") + "?year=2999").status == 404
    assert office.open(url(me, "duty") + "?year=x").status == 200


def test_the_record_is_handed_out_as_a_spreadsheet_and_that_is_noted(county, me):
    contact(me, county, 2)
    client = client_of(county.office)
    answer = client.get(url(me, "duty/sheet"))
    rows = cells(b"".join(answer.streaming_content))
    today = timezone.localdate()
    assert [row[:3] for row in rows[1:]] == [[me.name, "", f"{today:%Y-%m-%d}"]] * 2
    assert AuditEntry.objects.filter(kind="exported", about=f"member:{me.pk}").exists()


def test_a_record_of_the_demonstration_says_so_and_every_record_says_whose_it_is(county, me):
    meeting = case_at("deliberated", county=county).meetings.get()
    meeting.participants.create(capacity="member", name=me.name, member=me, attended=True)
    Member.objects.filter(pk=me.pk).update(origin=Origin.DEMO)
    client, asked = client_of(county.office), f"?year={str(meeting.held_on)[:4]}"
    page = client.get(url(me, "duty") + asked).content.decode()
    assert '<span class="mark">演示</span>' in page
    assert county.studio.name in page
    sheet = cells(b"".join(client.get(url(me, "duty/sheet") + asked).streaming_content))
    assert sheet[1][:3] == [me.name, "演示", meeting.held_on.text]


def test_no_page_puts_members_in_order_of_what_they_did(county, me):
    """The busiest comes last by name: nowhere may he or she come first."""
    busy = seated(county, "最忙的人", pinyin="zui")
    lazy = seated(county, "安静的人", pinyin="an")
    contact(busy, county, 9)
    office = Colleague(county.office)
    members = reverse("admin:committees_member_changelist")
    for page in (members, "/admin/committees/member/changes/"):
        for asked in ("", "?o=1", "?o=-4", "?o=contacts", "?order=score"):
            told = office.open(page + asked).text
            if lazy.name in told and page == members:
                assert told.index(lazy.name) < told.index(busy.name)
    columns = client_of(county.office).get(members).context["cl"].list_display
    assert columns == ["name", "pinyin", "user", "origin"]


def test_no_code_orders_members_by_what_they_did():
    """Read from the source: counts and scores of members are never a key of an order."""
    root = Path(duty.__file__).parents[2]
    ordered = re.compile(r"order_by\([^)]*(score|points|contacts|participations|attended|visits)")
    found = [
        path.name
        for folder in ("committees", "consultations")
        for path in (root / folder).rglob("*.py")
        if "/migrations/" not in str(path) and ordered.search(path.read_text())
    ]
    assert found == []


# --- photo and public page ----------------------------------------------------------------------


def test_a_photo_is_kept_with_consent_and_without_its_place(county, me):
    client = client_of(county.office)
    refused = client.post(url(me, "profile"), {"photo": picture()})
    assert refused.context["form"].errors["consent"]
    me.refresh_from_db()
    assert not me.photo

    client.post(url(me, "profile"), {"photo": picture(), "consent": "on"})
    me.refresh_from_db()
    assert me.photo_consent
    answer = client.get(url(me, "photo"))
    kept = b"".join(answer.streaming_content)
    assert not Image.open(io.BytesIO(kept)).getexif()


@pytest.mark.parametrize("broken", [b"", b"no picture", b"%PDF-1.4"])
def test_what_is_no_picture_is_refused_beside_its_box(county, me, broken):
    client = client_of(county.office)
    file = SimpleUploadedFile("me.jpg", broken)
    answer = client.post(url(me, "profile"), {"photo": file, "consent": "on"})
    assert answer.context["form"].errors["photo"]


# --- the lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_of_studio_life_are_drawn_for_the_office(county, name):
    client = client_of(county.office)
    assert client.get(reverse(f"admin:committees_{name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:committees_{name}_add")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", ["member", "unit_officer", "liaison", "system_admin"])
def test_others_add_nothing_to_them(county, name, role):
    client = client_of(county.people[role])
    assert client.get(reverse(f"admin:committees_{name}_add")).status_code == 404


def test_rows_of_another_county_do_not_exist(county):
    other = a_county("539922", name="白塔县")
    rows = {
        "membergroup": MemberGroup.objects.create(committee=other.committee, name="组", kind="liaison"),
        "studioplan": other.studio.plans.create(year=2026, text="四次"),
        "studioactivity": other.studio.activities.create(kind="study", title="学",
                                                         recorded_by=other.clerk),
        "checklist": other.region.checklists.create(of="studio", title="六有"),
        "dutyscheme": other.region.duty_schemes.create(title="办法"),
    }  # fmt: skip
    line = rows["checklist"].lines.create(text="有场所")
    rows["checklistmark"] = line.marks.create(studio=other.studio, marked_by=other.clerk)
    client = client_of(county.office)
    theirs = client_of(other.office)
    for name, row in rows.items():
        change = reverse(f"admin:committees_{name}_change", args=[row.pk])
        assert theirs.get(change).status_code == 200, name
        assert client.get(change).status_code == 404, name


def test_weights_are_the_county_offices_alone(county):
    scheme = county.region.duty_schemes.create(title="办法")
    change = reverse("admin:committees_dutyscheme_change", args=[scheme.pk])
    for role in ("leader", "prefecture_office", "province_office", "studio_director"):
        assert client_of(county.people[role]).get(change).status_code == 404


def test_members_of_other_places_are_not_changed_from_here(county, me):
    other = a_county("539922", name="白塔县")
    change = reverse("admin:committees_member_change", args=[me.pk])
    client = client_of(other.office)
    client.post(change, {"name": "改名"})
    me.refresh_from_db()
    assert me.name == "李望舒"


def test_who_came_and_who_left_stands_in_one_list(county, me):
    gone = seated(county, "旧人")
    gone.seats.update(ended="resigned", valid_until="2024-03")
    page = Colleague(county.office).open("/admin/committees/member/changes/").text
    assert page.index("2024年3月") < page.index("2022年1月")
    assert Colleague(county.director).open("/admin/committees/member/changes/").status == 404


def test_a_member_of_two_levels_sees_both_with_one_account(county):
    other = a_county("539922", name="白塔县")
    person = a_person("both", ("member", county.studio), ("member", other.studio))
    Member.objects.create(name="双层", user=person)
    page = client_of(person).get("/my/studio/")
    assert [room["studio"] for room in page.context["rooms"]] == [county.studio, other.studio]
