"""A reason text is offered for steps of its own table only."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from consultations.models import ReasonText

pytestmark = pytest.mark.django_db

migration = import_module("consultations.migrations.0009_reason_text_subject")


def a_text(action: str, title: str = "题目", subject: str = "case", **fields) -> ReasonText:
    return ReasonText.objects.create(
        action=action, title=title, subject=subject, text="说明。", **fields
    )


@pytest.mark.parametrize(
    ("subject", "action"), [("case", "suspend"), ("task", "reject"), ("task", "nonsense")]
)
def test_the_step_has_to_be_one_of_its_table(subject, action):
    with pytest.raises(ValidationError) as refused:
        a_text(action, subject=subject).full_clean()
    assert list(refused.value.message_dict) == ["action"]


def test_the_step_is_told_as_its_table_calls_it():
    case, task = a_text("cancel"), a_text("cancel", subject="task")
    case.full_clean()
    assert case.step != task.step


def test_old_texts_find_their_table():
    a_text("reject")
    a_text("suspend")
    a_text("cancel", "任务取消：内容重复")
    a_text("cancel", "会议取消：事情已解决")
    a_text("reopen", "问题又出现")
    a_text("reopen", "参考文件里的", pk=900_030)
    migration.tell_tasks_from_cases(apps, None)
    rows = ReasonText.objects.order_by("action", "title", "subject")
    assert [(row.action, row.title, row.subject) for row in rows] == [
        ("cancel", "任务取消：内容重复", "task"),
        ("cancel", "会议取消：事情已解决", "case"),
        ("reject", "题目", "case"),
        ("reopen", "参考文件里的", "case"),
        ("reopen", "问题又出现", "case"),
        ("reopen", "问题又出现", "task"),
        ("suspend", "题目", "task"),
    ]
