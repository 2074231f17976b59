"""The audit trail: narrowed by person, role, step, days and case; within the viewer's scope."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from consultations.models import Case, Event
from consultations.selectors import trail as selector
from tests.factories import a_case, a_county, case_at, step, task_at

URL = "/admin/consultations/event/"
MOST_QUERIES = 8


def entries(client, **asked) -> list:
    answer = client.get(URL, asked)
    assert answer.status_code == 200
    return answer.context["trail"].entries


def told(client, **asked) -> set:
    return {(entry.event.case_id, entry.event.action) for entry in entries(client, **asked)}


@pytest.fixture
def busy(county):
    """A case that several people worked on."""
    return case_at("research", county=county)


def test_the_newest_line_stands_first_with_who_what_and_where(county, enter, busy):
    found = entries(enter(county.office))

    events = [entry.event for entry in found]
    assert events == sorted(events, key=lambda event: (event.at, event.pk), reverse=True)
    assert {e.pk for e in events} == set(busy.events.values_list("pk", flat=True))
    page = enter(county.office).get(URL).content.decode()
    assert busy.code in page
    assert busy.title in page
    assert reverse("admin:consultations_case_change", args=[busy.pk]) in page


def test_it_is_narrowed_by_person_role_step_and_case(county, enter, busy):
    other = a_case(county=county, title="别的事")
    client = enter(county.office)
    approval = busy.events.get(action="approve")

    assert told(client, action="approve") == {(busy.pk, "approve")}
    assert told(client, case=other.code) == {(other.pk, "create")}
    assert told(client, role="leader") == {(busy.pk, "approve")}
    name = approval.actor.username
    assert told(client, person=name[:8]) == {(busy.pk, "approve")}
    assert told(client, person=name[:8], case=other.code) == set()
    assert told(client, person="查无此人") == set()


def test_the_beginning_of_a_number_and_of_a_name_are_enough(county, enter, busy):
    client = enter(county.office)
    every = {(busy.pk, event.action) for event in busy.events.all()}

    assert told(client, case=busy.code[:-1]) == every
    assert told(client, case=busy.code[1:]) == set()


def test_it_is_narrowed_by_days_both_of_them_included(county, enter):
    with time_machine.travel(dt.datetime(2026, 3, 5, 1, tzinfo=dt.UTC), tick=False):
        case = a_case(county=county)
    client = enter(county.office)
    wanted = {(case.pk, "create")}

    assert told(client, since="2026-03-05", until="2026-03-05") == wanted
    assert told(client, since="2026-03-06") == set()
    assert told(client, until="2026-03-04") == set()


def test_bad_days_are_told_beside_the_field_and_show_nothing(county, enter, busy):
    client = enter(county.office)
    turned = client.get(URL, {"since": "2026-03-06", "until": "2026-03-05", "case": busy.code})
    broken = client.get(URL, {"since": "gestern", "role": "king", "action": "x"})

    assert turned.status_code == broken.status_code == 200
    assert set(turned.context["form"].errors) == {"until"}
    assert busy.code in turned.content.decode()  # what was typed
    assert set(broken.context["form"].errors) == {"since", "role", "action"}
    assert turned.context["trail"].entries == broken.context["trail"].entries == []


def test_automatic_lines_have_a_choice_of_their_own(county, enter):
    task = task_at("dispatched", county=county)
    Event.objects.create(case=task.case, task=task, action="accept_by_lapse")

    found = entries(enter(county.office), role="system")

    assert {entry.event.action for entry in found} >= {"accept_by_lapse"}
    assert all(entry.event.actor is None for entry in found)


def test_each_reads_within_the_own_scope_only(county, enter, busy):
    foreign = a_case(county=a_county("539941"))

    assert {case for case, _ in told(enter(county.office))} == {busy.pk}
    assert {case for case, _ in told(enter(county.prefecture_office))} == {busy.pk, foreign.pk}
    assert told(enter(county.outsider)) == set()
    for name in ("member", "officer", "system_admin", "nobody"):
        assert enter(getattr(county, name)).get(URL).status_code in (302, 404), name


def test_the_audit_administrator_reads_of_a_case_the_number_alone(county, enter, busy):
    Case.objects.filter(pk=busy.pk).update(sensitivity="sensitive")
    hidden = case_at("proposed", county=county, title="不该被看到的标题")
    step(hidden, "restrict", county=county, reason="涉及个人")
    plain = a_case(county=county, title="普通的事", sensitivity="normal")
    client = enter(county.audit_admin)

    page = client.get(URL).content.decode()

    for case in (busy, hidden, plain):
        assert case.code in page
        assert case.title not in page
    assert "涉及个人" not in page
    assert reverse("admin:consultations_case_change", args=[plain.pk]) not in page
    assert hidden.title in enter(county.office).get(URL).content.decode()


def test_the_queries_do_not_grow_and_are_few(
    county, enter, busy, django_assert_max_num_queries
):  # fmt: skip
    client = enter(county.office)

    def queries(**asked) -> int:
        with django_assert_max_num_queries(MOST_QUERIES) as seen:
            entries(client, **asked)
        return len(seen)

    asked = {"person": "leader", "case": busy.code[:4], "since": "2020-01-01", "role": "leader"}
    client.get(URL)  # the first page of a session also notes where somebody signed in
    one, narrowed = queries(), queries(**asked)
    for number in range(3):
        case_at("research", county=county, title=f"又一件事{number}")

    assert (queries(), queries(**asked)) == (one, narrowed)


def test_pages_follow_each_other_without_gap_or_repetition(county, enter, monkeypatch):
    monkeypatch.setattr(selector, "SIZE", 3)
    for number in range(7):
        a_case(county=county, title=f"事{number}")
    client, seen, query = enter(county.office), [], ""
    for _page in range(3):
        answer = client.get(f"{URL}?{query}")
        seen += [entry.event.pk for entry in answer.context["trail"].entries]
        query = answer.context["older"]

    assert seen == list(Event.objects.order_by("-at", "-pk").values_list("pk", flat=True))
    assert query == ""
    assert answer.context["newer"]


def test_nothing_on_record_says_what_to_do(county, enter):
    answer = enter(county.office).get(URL, {"case": "没有"})

    assert 'class="empty"' in answer.content.decode()
