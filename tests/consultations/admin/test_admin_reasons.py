"""Usual reasons stand beside the step they are meant for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.models import ReasonText
from tests.factories import case_at, task_at


@pytest.fixture
def texts(db):
    for subject in ("case", "task"):
        ReasonText.objects.create(
            subject=subject, action="cancel", title=f"{subject}的理由", text=f"{subject}的说明。"
        )


def offered(answer) -> list[str]:
    return [value for value, _label in answer.context["form"].fields["usual_reason"].choices]


def test_a_case_and_a_task_each_offer_their_own(county, enter, record, task_record, texts):
    case = case_at("scheduled", county=county, title="另一件事")
    task = task_at("handling", county=county)
    client = enter(county.office)
    assert offered(client.get(record(case, "step", "cancel"))) == ["", "case的说明。"]
    assert offered(client.get(task_record(task, "cancel"))) == ["", "task的说明。"]


def test_the_keeper_chooses_the_step_from_a_list(county, enter, texts):
    client = enter(county.people["province_office"])
    url = reverse("admin:consultations_reasontext_add")
    assert client.get(url).context["adminform"].form.fields["action"].choices[0] == ("", "—")
    data = {"subject": "task", "action": "reject", "title": "题目", "text": "说明。", "order": "1"}
    answer = client.post(url, data)
    assert list(answer.context["adminform"].form.errors) == ["action"]
    assert "说明。" in answer.content.decode()
    assert client.post(url, data | {"subject": "case"}).status_code == 302
    assert ReasonText.objects.filter(subject="case", action="reject").count() == 1
