"""Nearly every rule that is made wrong is noticed. Long: left out unless `-m mutation` asks for it."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.access.applying import applied
from tests.access.equivalent import EQUIVALENT, NO_RULES
from tests.access.mutants import MODULES, mutants, reworded
from tests.access.probe import first_wrong

pytestmark = [pytest.mark.mutation, pytest.mark.django_db]

ENOUGH = 0.98


def is_noticed(everything, mutant) -> bool:
    """A rule that raises is noticed as well; one that reaches nothing is no mutant."""
    with applied(mutant), transaction.atomic():
        try:
            with transaction.atomic():
                return bool(first_wrong(everything))
        except Exception:  # a mutant may raise whatever it likes: that, too, is noticed
            return True
        finally:
            transaction.set_rollback(True)


def is_left_out(mutant) -> bool:
    return mutant.name in EQUIVALENT or f"{mutant.module} {mutant.where}" in NO_RULES


def test_the_rules_as_they_are_have_nothing_wrong(everything, db):
    assert first_wrong(everything) == ""


@pytest.mark.parametrize("module", MODULES)
def test_a_change_of_words_is_not_noticed(everything, db, module):
    assert not is_noticed(everything, reworded(module))


@pytest.mark.parametrize("module", MODULES)
def test_rules_made_wrong_are_noticed(everything, db, module, capsys):
    made = [mutant for mutant in mutants(module) if not is_left_out(mutant)]
    survivors = [str(mutant) for mutant in made if not is_noticed(everything, mutant)]
    with capsys.disabled():
        print(f"\n{module}: {len(made)} mutants, {len(survivors)} survived", *survivors, sep="\n  ")
    assert first_wrong(everything) == "", "a mutant was left in its place"
    assert len(survivors) <= (1 - ENOUGH) * len(made), "\n".join(survivors)


def test_what_is_left_out_is_still_there():
    made = [mutant for module in MODULES for mutant in mutants(module)]
    assert set(EQUIVALENT) <= {mutant.name for mutant in made}
    assert set(NO_RULES) <= {f"{mutant.module} {mutant.where}" for mutant in made}
