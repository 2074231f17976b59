"""What is kept about somebody: looked up, taken along, taken out, by the own county's office only."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from committees.models import AuditEntry, MailAddress, Member, Seat
from consultations.models import Attachment, Case, Participant, Statement, Suggestion
from tests.factories import a_case, a_county, case_at

pytestmark = pytest.mark.django_db
URL = "/admin/personal-data/"
NAME, PHONE = "张大河", "13887654321"


@pytest.fixture
def case(county):
    made = case_at("deliberated", county=county, proposer=NAME)
    meeting = made.meetings.get()
    person = Participant.objects.create(
        meeting=meeting, capacity="masses", name=NAME, attended=True
    )
    Statement.objects.create(meeting=meeting, speaker=person, text="先修东沟")
    return made


def ask(client, words: str = NAME, kind: str = "resident", **more: str):
    return client.post(URL, {"kind": kind, "words": words} | more)


def told() -> list[tuple[str, str]]:
    kinds = ("seen_in_clear", "exported", "erased")
    rows = AuditEntry.objects.filter(kind__in=kinds).order_by("pk")
    return [(row.kind, row.facts) for row in rows]


@pytest.mark.parametrize("role", ["leader", "liaison", "studio_director", "member", "unit_officer",
                                  "prefecture_office", "system_admin", "audit_admin"])  # fmt: skip
def test_for_everybody_but_the_office_there_is_no_such_page(county, enter, role):
    client = enter(county.people[role])
    assert client.get(URL).status_code == ask(client).status_code == 404


def test_the_office_reads_what_a_case_holds_of_a_resident(county, case, enter):
    page = ask(enter(county.office), look="1")

    text = page.content.decode()
    assert case.title in text
    assert "先修东沟" in text
    assert "no-store" in page["Cache-Control"]
    assert [kind for kind, _facts in told()] == ["seen_in_clear"]
    assert NAME not in told()[0][1]


def test_another_county_finds_nothing(county, case, enter):
    page = ask(enter(county.people["outsider"]), look="1")

    assert page.status_code == 200
    assert page.context["found"].sections == []


def test_it_can_be_taken_along_as_a_file(county, case, enter):
    answer = ask(enter(county.office), file="1")

    assert "attachment" in answer["Content-Disposition"]
    assert "先修东沟" in json.dumps(json.loads(answer.content), ensure_ascii=False)
    assert [kind for kind, _facts in told()] == ["exported"]


def test_numbers_stay_masked_on_the_page_and_in_the_file(county, enter):
    member = Member.objects.create(name="李望舒", mobile=PHONE)
    Seat.objects.create(member=member, committee=county.committee)
    county.clerk.mobile = PHONE
    county.clerk.save()
    client = enter(county.office)
    for words in ("李望舒", county.clerk.username):
        for button in ("look", "file"):
            text = ask(client, words, "account", **{button: "1"}).content.decode()
            assert "138****4321" in text
            assert PHONE not in text


def test_the_address_for_letters_is_told_masked(county, enter):
    MailAddress.objects.create(user=county.clerk, address="clerk.wang@example.gov.cn")

    page = ask(enter(county.office), county.clerk.username, kind="account").content.decode()

    assert "c***@example.gov.cn" in page
    assert "clerk.wang" not in page


def test_a_name_is_taken_out_only_with_a_reason_and_a_tick(county, case, enter):
    client = enter(county.office)
    for missing in ({"why": "本人要求"}, {"sure": "on"}, {"why": "打13887654321", "sure": "on"}):
        assert ask(client, erase="1", **missing).status_code == 200
        assert Participant.objects.filter(name=NAME).exists()

    assert ask(client, erase="1", why="本人要求", sure="on").status_code == 302

    case.refresh_from_db()
    assert not Participant.objects.filter(name=NAME).exists()
    assert NAME not in case.proposer
    assert json.loads(AuditEntry.objects.get(kind="erased").facts)["why"] == "本人要求"


def test_the_words_of_a_suggestion_are_taken_out_by_its_code(county, enter):
    kept = Suggestion.objects.create(title="路灯不亮", problem="我家门口黑", region=county.village)
    client = enter(county.office)
    assert "我家门口黑" in ask(client, kept.query_code.lower(), look="1").content.decode()

    ask(client, kept.query_code, erase="1", why="本人要求", sure="on")

    kept.refresh_from_db()
    assert "路灯" not in kept.title


def test_a_colleague_is_not_erased(county, enter):
    page = ask(
        enter(county.office), county.clerk.username, "account", erase="1", why="x要求", sure="on"
    )

    assert page.status_code == 200
    assert not AuditEntry.objects.filter(kind="erased").exists()


def test_an_empty_form_says_what_is_missing(county, enter):
    page = enter(county.office).post(URL, {})

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"kind", "words"}


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_due_is_shown_before_it_happens_with_the_same_queries(
    county, enter, count, django_assert_num_queries
):
    for _ in range(count):
        made = a_case(county=county)
        then = timezone.now() - dt.timedelta(days=800)
        Case.objects.filter(pk=made.pk).update(stage="withdrawn", stage_since=then)
    client = enter(county.office)
    client.get(URL)
    with django_assert_num_queries(QUERIES):
        page = client.get(URL)
    assert len(page.context["due"]) == count


QUERIES = 6


def a_photo(case) -> Attachment:
    return Attachment.objects.create(case=case, kind="photo", title="会场",
                                     file=ContentFile(b"x", name="a.jpg"))  # fmt: skip


def test_files_that_show_the_person_are_chosen_and_go_too(county, case, enter):
    shown, other = a_photo(case), a_photo(case)
    client = enter(county.office)
    assert [file.pk for file in ask(client).context["found"].files] == [shown.pk, other.pk]

    ask(client, erase="1", why="本人要求", sure="on", files=[shown.pk])

    for file in (shown, other):
        file.refresh_from_db()
    assert [bool(file.erased_at) for file in (shown, other)] == [True, False]


def test_a_file_of_another_county_cannot_be_chosen(county, case, enter):
    a_photo(case)
    far = a_photo(case_at("proposed", county=a_county("539922", name="邻水县")))
    page = ask(enter(county.office), erase="1", why="本人要求", sure="on", files=[far.pk])
    assert page.context["erase"].errors.keys() == {"files"}
    far.refresh_from_db()
    assert far.erased_at is None
    assert Participant.objects.filter(name=NAME).exists()


def test_the_reason_does_not_keep_the_name(county, case, enter):
    page = ask(enter(county.office), erase="1", why=f"{NAME}要求", sure="on")
    assert page.context["erase"].errors.keys() == {"why"}
    assert not AuditEntry.objects.filter(kind="erased").exists()


def test_a_file_is_marked_as_holding_no_residents_and_stays(county, case, enter):
    file = a_photo(case)
    client, url = (
        enter(county.office),
        f"/admin/consultations/case/{case.pk}/file/{file.pk}/people/",
    )
    page = client.get(url)
    assert page.context["form"]["holds_people"].value() is True
    seen = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    seen.pop("holds_people")

    assert client.post(url, seen).status_code == 302

    file.refresh_from_db()
    assert file.holds_people is False
    assert case.events.filter(action="mark_file").exists()
    assert enter(county.people["member"]).get(url).status_code == 404
