"""What is not somebody's does not exist: 404, and not in any list."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.models import Note
from consultations.services import notes
from tests.factories import case_at, task_at

PAGES = (
    "edit", "sides", "figures", "outcome", "follow_up", "rating", "note", "link", "assign",
    "public_text", "file_add",
)  # fmt: skip
CASES = "admin:consultations_case_changelist"
SEES_CASES = ("county_office", "prefecture_office", "province_office", "leader", "studio_director",
              "liaison", "member", "party_approver", "dispatch_office", "village_clerk")  # fmt: skip


@pytest.mark.parametrize("role", SEES_CASES)
def test_a_record_opens_inside_the_scope(county, enter, record, role):
    case = case_at("research", county=county)
    person = county.people[role]
    assert enter(person).get(record(case)).status_code == 200
    assert case in enter(person).get(reverse(CASES)).context["cl"].queryset


@pytest.mark.parametrize("who", ["outsider", "unit_officer", "system_admin", "audit_admin"])
def test_a_record_does_not_exist_outside_it(county, enter, record, who):
    case = case_at("research", county=county)
    assert enter(county.office).get(record(case)).status_code == 200  # it is there
    assert enter(county.people[who]).get(record(case)).status_code == 404


def test_no_page_of_a_case_exists_for_the_office_of_another_county(county, enter, record):
    case = case_at("deliberated", county=county)
    meeting = case.meetings.get()
    client = enter(county.outsider)
    urls = [record(case, page) for page in PAGES]
    urls += [record(case, "step", "submit_outcome"), record(case, "meeting", meeting.pk)]
    urls += [reverse("admin:consultations_case_history", args=[case.pk])]
    assert {client.get(url).status_code for url in urls} == {404}
    assert {client.post(url, {}).status_code for url in urls[:-1]} == {404}
    assert case not in client.get(reverse(CASES)).context["cl"].queryset


def test_a_unit_sees_its_own_task_and_nothing_internal(county, enter, record, task_record):
    task = task_at("handling", county=county)
    notes.write_note(task.case, by=county.office, text="内部口径")
    page = enter(county.officer).get(record(task.case)).content.decode()
    assert task_record(task) in page
    assert Note.objects.get().text not in page
    assert "柳树村三组" not in page  # a visit
    assert enter(county.officer).get(task_record(task)).status_code == 200


def test_the_task_of_a_unit_does_not_exist_for_another(county, enter, task_record):
    task = task_at("handling", county=county)
    assert enter(county.officer).get(task_record(task)).status_code == 200
    assert enter(county.other_officer).get(task_record(task)).status_code == 404
    assert enter(county.other_officer).get(task_record(task, "report_progress")).status_code == 404


def test_a_unit_does_not_see_a_restricted_case(county, enter, record, task_record):
    task = task_at("handling", county=county)
    client = enter(county.officer)
    assert client.get(record(task.case)).status_code == 200
    url = record(task.case, "step", "restrict")
    answer = enter(county.office).post(url, {"version": task.case.version, "reason": "涉及隐私"})
    assert answer.status_code == 302
    assert client.get(record(task.case)).status_code == 404
    assert client.get(task_record(task)).status_code == 404


def test_a_member_reads_but_does_not_edit(county, enter, record):
    case = case_at("research", county=county)
    client = enter(county.member)
    assert client.get(record(case)).status_code == 200
    assert client.get(record(case, "edit")).status_code == 404
    assert client.get(record(case, "note")).status_code == 404
    assert record(case, "edit") not in client.get(record(case)).content.decode()


def test_notes_stay_in_the_office(county, enter, record):
    case = case_at("research", county=county)
    answer = enter(county.clerk).post(record(case, "note"), {"text": "先与村里沟通"})
    assert answer.status_code == 302
    assert "先与村里沟通" in enter(county.office).get(record(case)).content.decode()
    assert "先与村里沟通" not in enter(county.member).get(record(case)).content.decode()


@pytest.mark.parametrize("key", ["0", "999999", "abc", "9" * 30])
def test_a_guessed_number_is_not_found(county, enter, key):
    assert enter(county.office).get(f"/admin/consultations/case/{key}/change/").status_code == 404
    assert enter(county.office).get(f"/admin/consultations/task/{key}/change/").status_code == 404


def test_cases_are_not_deleted(county, enter):
    case = case_at("draft", county=county)
    url = reverse("admin:consultations_case_delete", args=[case.pk])
    assert enter(county.office).post(url, {"post": "yes"}).status_code == 404
