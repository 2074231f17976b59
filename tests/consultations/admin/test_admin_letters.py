"""The operator's lists: letters that failed, and jobs."""

from __future__ import annotations

from django_tasks_db.models import DBTaskResult

from consultations.models import Delivery
from consultations.services import jobs
from tests.factories import a_county

LETTERS = "/admin/consultations/delivery/"
JOBS = "/admin/django_tasks_database/dbtaskresult/"


def test_the_operator_sees_what_failed_of_the_own_accounts_and_tries_again(county, enter):
    other = a_county("539922", name="另一县")
    own, away = (
        Delivery.objects.create(
            recipient=place.office, what="digest", key=f"k{place.region.code}", state="given_up",
            tries=7, last_error="SMTPServerDisconnected",
        )
        for place in (county, other)
    )  # fmt: skip
    client = enter(county.system_admin)

    page = client.get(LETTERS + "?state__exact=given_up")
    assert list(page.context["cl"].queryset) == [own]
    assert "SMTPServerDisconnected" in page.content.decode()
    sent = {"action": "try_again", "_selected_action": [own.pk, away.pk]}
    assert client.post(LETTERS, sent).status_code == 302
    own.refresh_from_db()
    away.refresh_from_db()
    assert (own.state, own.tries) == ("waiting", 0)
    assert away.state == "given_up"
    assert DBTaskResult.objects.count() == 1
    assert enter(county.office).get(LETTERS).status_code == 404


def test_the_operator_sees_jobs_without_their_words(county, enter):
    jobs.beat.enqueue()
    DBTaskResult.objects.update(
        status="FAILED", exception_class_path="a.b.Oops", traceback="张三的名字"
    )
    page = enter(county.system_admin).get(JOBS + "?state=failed")

    assert len(page.context["cl"].result_list) == 1
    assert "Oops" in page.content.decode()
    assert "张三" not in page.content.decode()
