from __future__ import annotations

import logging

import pytest
from django.db import transaction
from zeal import zeal_ignore

from tests.access import world


def pytest_collection_modifyitems(config, items):
    """The mutants take long: only a run that asks for them (`-m mutation`) has them."""
    if "mutation" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("mutation")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="package")
def everything(django_db_setup, django_db_blocker):
    """The world, built once and taken back after the last test here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world.build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quietly():
    """Tens of thousands of refusals are right, and nobody reads them."""
    logging.disable(logging.ERROR)
    with zeal_ignore():  # the queries of a page are counted elsewhere, one request at a time
        yield
    logging.disable(logging.NOTSET)
