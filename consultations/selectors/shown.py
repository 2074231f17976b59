"""Every word that the public page of a case shows or will show, for the scan before its release.

It is read from the rows that the page itself is drawn from: a column that the page begins to show
is scanned from then on.
"""

from __future__ import annotations

import re

from django.db.models import Q

from consultations.models import Case
from consultations.selectors.jsonrows import Bundle
from consultations.selectors.public_case import CasePage
from consultations.selectors.public_case_rows import page_rows

# Agreed items become public by themselves once they are read back: they are scanned before that.
UNRELEASED = Bundle(Case.objects.all, lambda: page_rows(agreed=Q()))
# What the page reads and does not show as it stands: names of residents are masked (below, they are
# read as the page shows them), whose door was knocked at stays inside, a reason that tells too much
# is left out, addresses are no words.
KEPT_BACK = {
    "case": {"proposer"},
    "agenda": {"starts_at", "ends_at"},
    "participant": {"name"},
    "visit": {"place", "findings"},
    "suspension": {"reason"},
    "line": {"reason"},
    "file": {"file", "public_key"},
    "report": {"url"},
}
# A day, as exactly as it is known, or a moment: no word either.
MOMENT = re.compile(r"\d{4}(-\d\d(-[\da-z]+([T ]\d\d:[\d:.+Z-]+)?)?)?")


def shown_words(case: Case) -> list[str]:
    """The texts of the page of a case that nobody may have released yet, by one statement."""
    rows_of = UNRELEASED.of(case.pk)
    words = [
        value
        for name, rows in rows_of.items()
        for row in rows
        for column, value in row.items()
        if isinstance(value, str)
        and column not in KEPT_BACK.get(name, ())
        and not MOMENT.fullmatch(value)
    ]
    page = CasePage(case, rows_of)
    names = [person.name for row in page.meetings for person in row.participants]
    return [*words, *names, page.proposer]
