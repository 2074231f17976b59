"""Every address × everybody × everywhere × every method: the right answer, and nothing else."""

from __future__ import annotations

import pytest

from tests.access import asking
from tests.access.table import TABLE
from tests.access.visibility import EVERYBODY
from tests.access.walking import browser, wrong_cells
from tests.access.watching import prints
from tests.journeys import hostile

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

LEAST = 10_000


def test_every_address_has_its_row():
    declared = sorted(row.route for row in TABLE)
    assert declared == sorted(set(declared)), "a row stands twice"
    assert declared == hostile.routes()


def test_there_are_enough_cells():
    assert sum(1 for who in EVERYBODY for _cell in asking.cells(who)) >= LEAST


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_the_right_answer_everywhere(everything, db, who):
    client = browser(everything, who)
    before = prints()
    wrong = wrong_cells(everything, who, client=client)
    assert not wrong, "\n".join(wrong)
    assert prints() == before
