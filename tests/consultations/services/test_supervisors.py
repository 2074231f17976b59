"""Links of citizen supervisors: handed out, ended, found by their token alone, good for one case."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
import time_machine
from django.utils import timezone

from committees.models import AuditEntry
from consultations.models import Case, SupervisorLink, Task, Verification
from consultations.services import supervisors
from consultations.workflow.engine import Refused
from tests.factories import a_case, step, task_at

pytestmark = pytest.mark.django_db
FOUND = {"method": "site", "finding": "水还没有通。", "reason": "水还没有通。"}


@pytest.fixture
def task(county) -> Task:
    return task_at("answered", county=county)


@pytest.fixture
def issued(county, task) -> supervisors.Issued:
    return supervisors.issue(task.case, by=county.office, called="王大姐", days=30)


def verify(issued, task, action="verify_true", **data):
    return supervisors.verify(issued.link, task, action, data=FOUND | data, version=task.version)


def kinds() -> list[str]:
    told = AuditEntry.objects.filter(about__startswith="supervisorlink:").order_by("pk")
    return list(told.values_list("kind", flat=True))


def test_the_token_is_shown_once_and_only_its_digest_is_kept(issued):
    link = SupervisorLink.objects.get()

    assert len(issued.token) == 43
    assert link.digest == hashlib.sha256(issued.token.encode()).hexdigest()
    assert issued.token not in str(SupervisorLink.objects.values().get())
    assert supervisors.find(issued.token) == link
    assert kinds() == ["link_issued"]


@pytest.mark.parametrize("name", ["office", "clerk"])
def test_office_and_liaison_hand_out_and_revoke(county, task, name):
    person = getattr(county, name)
    made = supervisors.issue(task.case, by=person, called="王大姐", days=1)

    supervisors.revoke(made.link, by=person)

    made.link.refresh_from_db()
    assert (made.link.revoked_by, supervisors.find(made.token)) == (person, None)
    assert kinds() == ["link_issued", "link_revoked"]


@pytest.mark.parametrize(
    "name", ["leader", "director", "member", "officer", "unit_leader", "village_clerk", "approver",
             "dispatch_office", "prefecture_office", "outsider", "nobody", "system_admin"],
)  # fmt: skip
def test_nobody_else_hands_out_or_revokes(county, issued, name):
    person = getattr(county, name)
    with pytest.raises(Refused):
        supervisors.issue(issued.link.case, by=person, called="王大姐", days=1)
    with pytest.raises(Refused):
        supervisors.revoke(issued.link, by=person)

    assert supervisors.find(issued.token) == issued.link


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_link_is_good_for_ninety_days_at_most(county, task, days):
    with pytest.raises(Refused):
        supervisors.issue(task.case, by=county.office, called="王大姐", days=days)

    made = supervisors.issue(task.case, by=county.office, called="王大姐", days=90)
    with time_machine.travel(timezone.now() + dt.timedelta(days=89), tick=False):
        assert supervisors.find(made.token) == made.link
    with time_machine.travel(timezone.now() + dt.timedelta(days=91), tick=False):
        assert supervisors.find(made.token) is None


def test_a_restricted_case_has_no_links_and_closes_those_it_had(county, task, issued):
    step(task.case, "restrict", county=county)

    assert supervisors.find(issued.token) is None
    with pytest.raises(Refused):
        supervisors.issue(Case.objects.get(pk=task.case_id), by=county.office, called="王", days=1)
    with pytest.raises(Refused):
        verify(issued, task)
    assert not Verification.objects.exists()


def test_other_tokens_find_nothing(issued):
    for token in ("", issued.token[:-1], issued.token.swapcase(), issued.link.digest, "x" * 43):
        assert supervisors.find(token) is None, token


def test_what_a_supervisor_found_is_on_record_without_a_name(task, issued):
    event = verify(issued, task)

    look = Verification.objects.get()
    task.refresh_from_db()
    assert (look.is_true, look.verified_by, look.link) == (True, None, issued.link)
    assert (look.who, task.state) in (
        ("群众监督员", "verified"),
        ("Citizen supervisor", "verified"),
    )
    assert (event.actor, event.role, event.is_public) == (None, "supervisor", True)
    assert event.data["link"] == issued.link.pk
    assert "王大姐" not in str(event.data)
    assert kinds() == ["link_issued", "link_used"]


def test_not_done_sends_the_task_back_and_counts(task, issued):
    verify(issued, task, "verify_false")

    task.refresh_from_db()
    assert (task.state, task.false_completions) == ("handling", 1)


@pytest.mark.parametrize("action", ["accept_reply", "reopen", "cancel", "sign_for", "publish"])
def test_a_supervisor_takes_no_other_step(task, issued, action):
    with pytest.raises(Refused):
        verify(issued, task, action)


def test_a_task_of_another_case_is_not_the_supervisors(county, issued):
    other = task_at("answered", county=county)

    with pytest.raises(Refused):
        verify(issued, other)
    assert not Verification.objects.exists()


@pytest.mark.parametrize("change", [
    {"revoked_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
    {"issued_at": dt.datetime(2019, 1, 1, tzinfo=dt.UTC),
     "expires_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
])  # fmt: skip
def test_a_link_that_ended_meanwhile_is_refused_at_the_last_moment(county, task, issued, change):
    if "revoked_at" in change:
        change = change | {"revoked_by": county.office}
    SupervisorLink.objects.update(**change)

    with pytest.raises(Refused):
        verify(issued, task)
    assert not Verification.objects.exists()


def test_every_opening_counts_and_one_a_day_is_in_the_audit_log(issued):
    for _time in range(3):
        supervisors.opened(SupervisorLink.objects.get())

    link = SupervisorLink.objects.get()
    assert (link.uses, kinds()) == (3, ["link_issued", "link_used"])
    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
        supervisors.opened(link)
    assert kinds().count("link_used") == 2


def test_only_answered_tasks_wait_for_a_look(county, task, issued):
    assert supervisors.tasks_to_verify(issued.link) == [task]
    verify(issued, task)
    assert supervisors.tasks_to_verify(issued.link) == []
    other = supervisors.issue(a_case(county=county), by=county.office, called="李", days=1)
    assert supervisors.tasks_to_verify(other.link) == []
