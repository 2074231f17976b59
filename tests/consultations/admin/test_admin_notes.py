"""Internal notes reach the people they call, once, and only those who may read them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from committees.models import User
from consultations.models import Note, Notice
from consultations.selectors.mentions import mentions_of
from consultations.services import notes
from consultations.workflow.engine import Refused
from consultations.workflow.hearing import NoticeKind
from tests.factories import a_person, case_at

DESK = "admin:index"


@pytest.fixture
def case(county):
    User.objects.filter(pk=county.office.pk).update(display_name="王主任")
    User.objects.filter(pk=county.director.pk).update(display_name="王主")
    return case_at("research", county=county)


@pytest.fixture
def write(county, case, enter, record):
    def written(text: str, **more):
        return enter(county.clerk).post(record(case, "note"), {"text": text, **more})

    return written


def on_the_desk(client) -> list[str]:
    return [note.text for note in client.get(reverse(DESK)).context["mentions"]]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("请@王主任看一下", ["office"]),
        ("请＠王主任、@王主看一下", ["director", "office"]),
        ("@leader-539921 请定", ["leader"]),
        ("@LEADER-539921，请定", ["leader"]),
        ("写信到 a@b.cn 的人", []),
        ("没有点名", []),
    ],
)
def test_whom_the_text_calls_is_reached(county, write, text, who):
    assert write(text).status_code == 302
    people = Note.objects.get().mentions.order_by("pk")
    assert set(people) == {county.people[name] for name in who}


def test_ticks_and_names_are_taken_together(county, write):
    write("请@王主任看一下", mentions=[county.leader.pk])
    assert set(Note.objects.get().mentions.all()) == {county.office, county.leader}


@pytest.mark.parametrize(
    "text", ["请@张三丰看", "@leader-5399 请定", "@member-539921 请看", "@outsider-539921 请看"]
)
def test_an_unknown_name_is_told_beside_the_text(write, text):
    answer = write(text)

    assert list(answer.context["form"].errors) == ["text"]
    assert text in answer.content.decode()
    assert not Note.objects.exists()


def test_two_of_one_name_are_told_apart_by_user_name(county, write):
    User.objects.filter(pk=county.director.pk).update(display_name="王主任")

    assert list(write("请@王主任看").context["form"].errors) == ["text"]
    assert write(f"请@{county.director.username} 看").status_code == 302
    assert list(Note.objects.get().mentions.all()) == [county.director]


def test_it_stands_on_the_desk_until_the_case_is_opened(county, case, write, enter, record):
    write("请@王主任看一下")
    client = enter(county.office)
    assert on_the_desk(client) == ["请@王主任看一下"]
    assert on_the_desk(enter(county.director)) == []
    enter(county.director).get(record(case))
    assert on_the_desk(client) == ["请@王主任看一下"], "opened by somebody else only"

    client.get(record(case))

    assert on_the_desk(client) == []
    assert Note.objects.get().opened_by.get() == county.office


def test_who_may_not_read_the_notes_any_more_finds_nothing(county, write):
    write("请@王主任看一下")
    grants = list(county.office.grants.all())
    assert len(mentions_of(county.office, grants=grants)) == 1

    assert mentions_of(county.office, grants=[]) == []
    assert mentions_of(county.office, grants=list(county.outsider.grants.all())) == []
    assert mentions_of(county.office, grants=list(county.member.grants.all())) == []


def test_nobody_is_reached_who_may_not_read(county, case):
    stranger = a_person("li", ("member", county.studio))

    with pytest.raises(Refused):
        notes.write_note(case, by=county.clerk, text="请看", mentions=[stranger])

    assert not Note.objects.exists()


def test_a_note_sent_twice_is_kept_once(county, case, write, enter, record):
    token = enter(county.clerk).get(record(case, "note")).context["form"]["form_token"].value()

    assert write("先与村里沟通", form_token=token).status_code == 302
    assert write("先与村里沟通", form_token=token).status_code == 302
    assert Note.objects.count() == 1
    write("又想到一点", form_token=token)
    write("先与村里沟通", form_token="another")
    assert Note.objects.count() == 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_block_costs_one_query(county, case, number, django_assert_num_queries):
    for n in range(number):
        notes.write_note(case, by=county.clerk, text=f"第{n}条", mentions=[county.office])
    grants = list(county.office.grants.select_related("studio"))

    with django_assert_num_queries(1):
        found = [(str(n.case), str(n.author)) for n in mentions_of(county.office, grants=grants)]
    assert len(found) == number


def test_whoever_is_mentioned_gets_a_notice_until_the_note_is_opened(county, case, write, enter):
    write(f"请@王主任、@leader-539921 看一下，@{county.clerk.username} 记着")

    told = Notice.objects.filter(kind="mentioned")
    assert {row.recipient for row in told} == {county.office, county.leader}  # not who wrote it
    assert {(row.case, row.task, row.read_at) for row in told} == {(case, None, None)}
    inbox = enter(county.office).get("/my/notices/").content.decode()
    assert str(NoticeKind.MENTIONED.label) in inbox
    assert "记着" not in inbox

    enter(county.office).get(reverse("admin:consultations_case_change", args=[case.pk]))

    assert set(told.filter(read_at=None).values_list("recipient", flat=True)) == {county.leader.pk}


def test_the_same_note_sent_twice_is_told_once(county, case, write):
    for _time in range(2):
        write("请@王主任看一下", form_token="abc")

    assert Notice.objects.filter(kind="mentioned").count() == 1
