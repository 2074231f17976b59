"""Every step of both tables, tried by everybody who may not take it, in every face: refused,
nothing moved, and told to the auditor."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from committees import audit
from committees.models import AuditEntry, Role
from consultations.models import Case, Task
from consultations.permissions import stage_of
from consultations.workflow.cases import CASES
from consultations.workflow.tasks import TASKS
from tests.factories import CASE_WAYS, case_at, task_at

pytestmark = pytest.mark.django_db
ADMIN, MY = "/admin/consultations/{kind}/{pk}/step/{action}/", "/my/{kind}s/{pk}/{action}/"
FACES = (ADMIN, MY)
TABLES = {Case: CASES, Task: TASKS}
KINDS = {Case: "case", Task: "task"}


def wrong_roles(row) -> list[str]:
    return [role for role in Role.values if role not in (*row.roles, *row.proxy_roles)]


@pytest.fixture(scope="module")
def subjects(django_db_setup, django_db_blocker):
    """A task, and a case at each stage from which some step may be taken, built once and taken
    back after the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        stages = {stage_from(row) for row in CASES}
        yield {"task": task_at("handling")} | {stage: case_at(stage) for stage in stages}
        transaction.set_rollback(True)


def stage_from(row) -> str:
    return next(stage for stage in row.sources if stage in CASE_WAYS)


def every(kind) -> list:
    return [pytest.param(kind, row, id=f"{KINDS[kind]}-{row.action}") for row in TABLES[kind]]


def told() -> list[tuple[int, str, str, str]]:
    rows = AuditEntry.objects.filter(kind="refused").order_by("pk")
    return [(r.actor_id, r.about, r.region, audit.facts_of(r)["action"]) for r in rows]


def sent(who, url: str) -> int:
    client = Client()
    client.force_login(who)
    return client.post(url, {"version": 1, "reason": "试一试"}).status_code


@pytest.mark.parametrize(("kind", "row"), [*every(Case), *every(Task)])
def test_a_step_that_is_not_ones_own_is_refused_and_told(subjects, county, kind, row):
    subject = subjects["task" if kind is Task else stage_from(row)]
    subject.refresh_from_db()
    before = stage_of(subject), subject.version
    urls = [face.format(kind=KINDS[kind], pk=subject.pk, action=row.action) for face in FACES]
    case = subject if kind is Case else subject.case
    people = [county.people[role] for role in wrong_roles(row)] + [county.outsider]
    assert len(people) > 3
    expected = [(who.pk, f"{KINDS[kind]}:{subject.pk}", case.region_id, row.action)
                for who in people for _url in urls]  # fmt: skip

    assert {sent(who, url) for who in people for url in urls} == {404}

    assert told() == expected
    subject.refresh_from_db()
    assert (stage_of(subject), subject.version) == before
    assert not subject.events.filter(action=row.action, actor__in=people).exists()


def test_whoever_approves_what_is_his_own_is_told_too(county):
    case = case_at("proposed", county=county)
    Case.objects.filter(pk=case.pk).update(created_by=county.leader)
    url = ADMIN.format(kind="case", pk=case.pk, action="approve")
    assert sent(county.leader, url) == 200
    assert told() == [(county.leader.pk, f"case:{case.pk}", case.region_id, "approve")]


def test_a_box_left_empty_is_no_refusal(county):
    case = case_at("proposed", county=county)
    url = ADMIN.format(kind="case", pk=case.pk, action="reject")
    client = Client()
    client.force_login(county.office)
    assert client.post(url, {"version": case.version}).status_code == 200
    assert told() == []


@pytest.mark.parametrize(
    ("url", "box", "action"),
    [("/my/tasks/{pk}/verify/", "verdict", "verify_true"),
     ("/my/approvals/{case}/", "decision", "approve_outcome")],
)  # fmt: skip
def test_pages_with_several_answers_tell_which_was_tried(county, url, box, action):
    task = task_at("answered", county=county)
    client = Client()
    client.force_login(county.outsider)
    answer = client.post(url.format(pk=task.pk, case=task.case_id), {box: action})
    assert answer.status_code == 404
    assert [row[-1] for row in told()] == [action]


@pytest.mark.parametrize("action", ["nonsense", "create"])
def test_what_is_no_step_or_no_record_is_not_told(county, action):
    case = case_at("draft", county=county)
    for pk in (case.pk, case.pk + 999):
        assert sent(county.outsider, ADMIN.format(kind="case", pk=pk, action=action)) == 404
    assert sent(county.outsider, ADMIN.format(kind="case", pk=case.pk + 9, action="submit")) == 404
    assert told() == []


def test_looking_is_no_try(county):
    case = case_at("draft", county=county)
    client = Client()
    client.force_login(county.outsider)
    assert client.get(ADMIN.format(kind="case", pk=case.pk, action="submit")).status_code == 404
    assert told() == []


def routes(patterns, above: str = ""):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, above + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield above + str(one.pattern)


def test_the_interface_takes_no_step(county):
    """It only reads: whoever sends something is told so, and there is nothing to refuse."""
    case = case_at("proposed", county=county)
    offered = [route for route in routes(get_resolver().url_patterns) if route.startswith("api/")]
    assert len(offered) > 1
    client = Client()
    client.force_login(county.leader)
    for route in offered:
        url = "/" + route.replace("<int:pk>", str(case.pk))
        for method in ("post", "put", "patch", "delete"):
            code = getattr(client, method)(url, {"action": "approve"}, "application/json")
            assert code.status_code in (403, 405), url
    case.refresh_from_db()
    assert case.stage == "proposed"
