"""A case from the first line to the archive on the staff screens, each step by the right person."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import Case, Task
from tests.factories import a_county

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


class Staff:
    """People at their browsers: staff.case(county.clerk, "submit") sends the step's form."""

    def __init__(self, county, wrong) -> None:
        self.county, self.wrong, self.clients = county, wrong, {}
        self.case_row: Case | None = None

    def client(self, user) -> Client:
        if user.pk not in self.clients:
            self.clients[user.pk] = Client()
            self.clients[user.pk].force_login(user)
        return self.clients[user.pk]

    def case(self, user, action: str, **data) -> None:
        """The step is refused to the wrong person and taken by the right one."""
        case = self.case_row
        case.refresh_from_db()
        url = reverse("admin:case_step", args=[case.pk, action])
        sent = {"version": case.version, **data}
        assert self.client(self.wrong).post(url, sent).status_code == 404
        case.refresh_from_db()
        assert case.version == sent["version"]
        self.sent(user, url, sent)

    def task(self, user, action: str, task: Task, **data) -> None:
        task.refresh_from_db()
        url = reverse("admin:task_step", args=[task.pk, action])
        self.sent(user, url, {"version": task.version, **data})

    def page(self, user, name: str, *args, **data) -> None:
        """One of the other pages of the record; the version is the present one."""
        self.case_row.refresh_from_db()
        url = reverse(f"admin:case_{name}", args=[self.case_row.pk, *args])
        self.sent(user, url, {"version": self.case_row.version, **data})

    def sent(self, user, url: str, data: dict) -> None:
        answer = self.client(user).post(url, data)
        if answer.status_code != 302:
            form = answer.context.get("form")
            raise AssertionError(
                f"{url}: {getattr(form, 'errors', '')} {answer.context.get('errors')}"
            )

    def stage(self) -> str:
        self.case_row.refresh_from_db()
        return self.case_row.stage


def counts(**totals: int) -> dict[str, str]:
    found = {}
    for prefix, total in totals.items():
        name = prefix.replace("_", "-")
        found |= {f"{name}-TOTAL_FORMS": str(total), f"{name}-INITIAL_FORMS": "0"}
    return found


def test_from_the_first_line_to_the_archive():
    county = a_county()
    today = timezone.localdate().isoformat()
    staff = Staff(county, wrong=county.outsider)
    logged = staff.client(county.clerk).post(
        reverse("admin:consultations_case_add"),
        {"title": "东沟渗漏", "problem": "下游缺水", "region": county.village.name,
         "source": "residents", "sensitivity": "normal", "sides": "上游村民\n下游村民"},
    )  # fmt: skip
    assert logged.status_code == 302
    staff.case_row = case = Case.objects.get()

    staff.case(county.clerk, "submit")
    staff.case(county.leader, "approve", opinion="同意立题")
    staff.case(county.clerk, "start_research", plan="本周入户")
    staff.case(county.member, "log_visit", visited_on=today, place="三组", method="household",
               people_met="10", findings="两处渗漏")  # fmt: skip
    staff.case(county.clerk, "schedule", starts_at=f"{today}T09:00", room=county.room.pk)
    write_minutes(staff, county, case)
    staff.case(county.clerk, "conclude", held_on=today, read_back="on", host_confirmed="on")
    assert staff.stage() == "deliberated"

    item = case.items.get()
    staff.page(county.clerk, "outcome", save="1", **counts(i=1, i_0_t=1, i_0_c=1), **{
        "i-0-id": item.pk, "i-0-route": "county", "i-0-owner": "县水务局", "i-0-due_on": "2099-06-01",
        "i-0-t-0-title": "修复渗漏", "i-0-t-0-unit": county.unit.name, "i-0-t-0-role": "sole",
        "i-0-c-0-promised_by": "上游村民", "i-0-c-0-text": "让水三天",
    })  # fmt: skip
    staff.case(county.director, "submit_outcome")
    staff.case(county.approver, "approve_outcome", opinion="同意")
    staff.case(county.office, "file")
    assert staff.stage() == "handling"
    assert case.filings.get().number

    handle(staff, county, case)
    assert staff.stage() == "supervision"
    staff.page(county.clerk, "public_text", public_summary="东沟修好了", result="恢复灌溉")
    staff.case(county.office, "open_rating")
    staff.page(county.clerk, "rating", rater="affected", channel="paper", result="satisfied",
               count="6", collected_on=today)  # fmt: skip
    staff.case(county.office, "publish")
    staff.case(county.office, "close", closing_note="资料齐全")
    assert staff.stage() == "closed"
    case.refresh_from_db()
    assert case.is_public


def write_minutes(staff: Staff, county, case: Case) -> None:
    first, second = case.sides.order_by("pk")
    people = [("李主持", "host", ""), ("", "party", first.pk), ("赵二", "party", second.pk)]
    rows = {}
    for place, (name, capacity, side) in enumerate(people):
        row = {"name": name, "capacity": capacity, "side": side, "count": "1", "attended": "on"}
        rows |= {f"p-{place}-{key}": value for key, value in row.items()}
    said = {"s-0-speaker": "赵二", "s-0-kind": "demand", "s-0-text": "先修东沟"}
    agreed = {"i-0-text": "修复东沟"}
    staff.page(county.clerk, "meeting", case.meetings.get().pk, save="1",
               **counts(a=0, p=3, s=1, i=1), **rows, **said, **agreed)  # fmt: skip


def handle(staff: Staff, county, case: Case) -> None:
    """The unit signs, reports and answers; a member looks; the promise is checked."""
    task = case.tasks.get()
    assert task.state == "dispatched"
    staff.task(county.officer, "sign_for", task, handler="陈工")
    staff.task(county.officer, "report_progress", task, text="已进场", percent="40")
    staff.task(county.officer, "draft_reply", task, body="逐条答复", result_class="A")
    staff.task(county.people["unit_leader"], "reply", task, number="青水函1号")
    staff.task(county.office, "accept_reply", task)
    staff.task(county.member, "verify_true", task, method="site", finding="已通水")
    promise = case.items.get().commitments.get()
    staff.page(county.clerk, "promise", promise.pk, state="kept", finding="已让水")
