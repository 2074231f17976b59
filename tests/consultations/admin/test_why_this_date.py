"""Why a date is that date is told wherever it stands: desk, lists, cards, the public page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from consultations.calendar import Basis
from consultations.models import Task
from consultations.selectors.due_dates import briefly
from consultations.services import publishing
from tests.factories import case_at, step, task_at

pytestmark = pytest.mark.django_db
TASKS = reverse("admin:consultations_task_changelist")
CASES = reverse("admin:consultations_case_changelist")


def seen(person, path) -> str:
    client = Client()
    if person is not None:
        client.force_login(person)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_lists_tell_in_one_line(county):
    task = task_at("handling", county=county)
    case = case_at("proposed", county=county)

    for path, subject in ((TASKS, task), (CASES, case)):
        told = briefly(subject)
        assert told
        assert f'title="{told}"' in seen(county.office, path)


def test_a_line_of_the_list_costs_no_query_more(county):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            seen(county.office, TASKS)
        return len(found)

    task_at("handling", county=county)
    queries()
    once = queries()
    for _number in range(2):
        task_at("handling", county=county)

    assert queries() == once


def test_desk_cards_and_the_public_page_open_the_whole_of_it(county):
    task = task_at("dispatched", county=county)
    case = task.case
    publishing.write_public_text(
        case, by=county.clerk, public_summary="修东沟", result="", version=case.version
    )
    step(case, "publish", county=county)
    case_at("proposed", county=county)

    pages = [(county.office, reverse("admin:index")), (county.officer, "/my/"),
             (None, case.get_absolute_url())]  # fmt: skip
    for person, path in pages:
        assert 'class="why-due"' in seen(person, path), path


def test_a_date_that_nothing_is_known_of_tells_nothing(county):
    task = task_at("handling", county=county)
    Task.objects.filter(pk=task.pk).update(due_basis=None)
    task.refresh_from_db()

    assert briefly(task) == ""
    assert "title=" not in seen(county.office, TASKS).partition('class="field-due_shown')[2][:80]


@pytest.mark.parametrize("origin", [Basis.AGREED, Basis.EXTENDED, Basis.WAITED, Basis.SUSPENDED])
def test_only_a_counted_date_is_told_as_counted(origin):
    counted = Basis(Basis.RULE, dt.date(2026, 7, 1), 3, Basis.MONTHS, "reply_months")
    other = Basis(origin, dt.date(2026, 7, 1), 3 if origin == Basis.SUSPENDED else None)
    lines = [briefly(Task(due_on=dt.date(2026, 10, 8), due_basis=basis.kept()))
             for basis in (counted, other)]  # fmt: skip
    how = gettext("Counted from %(day)s: %(rule)s, %(span)s.").partition("%(day)s")[2][:2]
    assert [how in line for line in lines] == [True, False]
