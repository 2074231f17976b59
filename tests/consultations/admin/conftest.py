from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def enter(db):
    """A browser of somebody who signed in: enter(county.clerk).get(...)."""

    def entered(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return entered


@pytest.fixture
def admin(county, enter) -> Client:
    """The browser of the system administrator."""
    return enter(county.system_admin)


@pytest.fixture
def record():
    """The address of the record of a case, or of one of its pages: record(case, "outcome")."""

    def address(case, page: str = "", *more) -> str:
        if not page:
            return reverse("admin:consultations_case_change", args=[case.pk])
        return reverse(f"admin:case_{page}", args=[case.pk, *more])

    return address


@pytest.fixture
def task_record():
    def address(task, action: str = "") -> str:
        if not action:
            return reverse("admin:consultations_task_change", args=[task.pk])
        return reverse("admin:task_step", args=[task.pk, action])

    return address
