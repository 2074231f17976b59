"""Nearly every rule that is made wrong is noticed. Long: left out unless `-m mutation` asks for it."""

from __future__ import annotations

import pytest

from tests.access.mutants import MODULES, applied, mutants
from tests.access.probe import first_wrong

pytestmark = [pytest.mark.mutation, pytest.mark.django_db]

ENOUGH = 0.98
# Rules of pages; the others are sets and rights, which are looked at directly.
PAGES_OF = ("committees.admin.access",)


def is_noticed(everything, mutant) -> bool:
    """A rule that raises is noticed as well."""
    try:
        with applied(mutant):
            return bool(first_wrong(everything, pages=mutant.module in PAGES_OF))
    except Exception:
        return True


def test_the_rules_as_they_are_have_nothing_wrong(everything, db):
    assert first_wrong(everything, pages=True) == ""


@pytest.mark.parametrize("module", MODULES)
def test_rules_made_wrong_are_noticed(everything, db, module, capsys):
    made = list(mutants(module))
    survivors = [str(mutant) for mutant in made if not is_noticed(everything, mutant)]
    with capsys.disabled():
        print(f"\n{module}: {len(made)} mutants, {len(survivors)} survived", *survivors, sep="\n  ")
    assert len(survivors) <= (1 - ENOUGH) * len(made), "\n".join(survivors)
