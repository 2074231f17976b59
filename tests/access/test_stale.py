"""Every form that writes over something refuses what was opened before somebody else saved.

Made from the table of addresses: each page with a form is opened by somebody who may send it, its
mark of what was seen is made an old one, and it is sent. Nothing is written, what was typed stands
in the page, and the page says that somebody else was there.
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.utils.translation import gettext_lazy
from zeal import zeal_ignore

from tests.access import asking
from tests.access import visibility as who
from tests.access.table import TABLE
from tests.access.walking import browser
from tests.access.watching import BOOKKEEPING, TOLD_APART, WRITES
from tests.journeys.pages import Form, Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

MARKS = ("version", "seen")
# One of these stands in the page.
STALE = (
    gettext_lazy("Somebody else has just changed this record. Look at it again, then decide."),
    gettext_lazy("Somebody else changed this record after you opened it. Your words are still "
                 "here; save again to keep them."),
)  # fmt: skip
# Of a record on which the step was never possible nobody else is to blame.
NOT_NOW = gettext_lazy("This step is not possible at the present stage.")
CASE, MY = "/admin/consultations/case/<int:pk>/", "/my/"
# Boxes without which a form is not looked at further.
NEEDED = dict.fromkeys(("leader", "aim", "result", "subject", "body"), "另写的话")
# Forms that bear no mark: they add a row, or a state decides who was first.
ADD = {
    CASE + "note/", CASE + "link/", CASE + "file/", CASE + "supervisor/",
    CASE + "supervisor/<int:link_pk>/", CASE + "file/<int:file_pk>/release/",
    CASE + "rating/slips/", CASE + "follow-up/<int:follow_up_pk>/slips/", CASE + "file/<int:file_pk>/take-down/", CASE + "meeting/<int:meeting_pk>/",
    "/admin/consultations/suggestion/<path:object_id>/change/",
    MY + "urgings/<int:pk>/", MY + "notices/choices/", MY + "topics/add/", MY + "contacts/", MY + "studio/<int:pk>/activity/",
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(everything):
    """(row, client, address, page) of each page with a form, opened by one who may send it."""
    asked = (row for row in TABLE if {"GET", "POST"} <= set(row.methods)
             and not row.route.startswith(("/account/", "/i18n/")))  # fmt: skip
    with zeal_ignore():
        return [(row, *found) for row in asked if (found := _opened(everything, row))]


def _opened(everything, row):
    for subject in asking.subjects(row, everything):
        for person in row.may_write:
            if person == who.ANONYMOUS or not asking.reaches(person, row, subject):
                continue
            client = browser(everything, person)
            url = asking.address(row, subject, everything)
            answer = client.get(url)
            if answer.streaming:
                list(answer)  # read to its end, which closes the file
            elif answer.status_code == 200:
                return client, url, Page(answer)
    return None


def forms(page: Page) -> list[Form]:
    """Those that write: with a box to fill in, sent by POST to the page itself."""
    return [form for form in page.forms if "csrfmiddlewaretoken" in form.values
            and form.action in ("", page.path) and _boxes(form)]  # fmt: skip


def _boxes(form: Form) -> set[str]:
    hidden = {"csrfmiddlewaretoken", "one_time_key", "action", "select_across", "index", *MARKS}
    return {name for name in (*form.values, *form.choices, *form.files) if name not in hidden}


def mark_of(form: Form) -> str | None:
    return next((name for name in MARKS if form.values.get(name, [""])[0]), None)


def test_every_form_bears_a_mark_of_what_was_seen_or_writes_over_nothing(pages, db):
    bare, marked = set(), set()
    for row, _client, _url, page in pages:
        for form in forms(page):
            (marked if mark_of(form) else bare).add(row.route)
    assert len(marked) > 20
    unmarked = {r for r in bare - marked if r.startswith((CASE, MY, "/admin/consultations/task/<"))}
    assert unmarked <= ADD, sorted(unmarked - ADD)


def test_an_old_mark_is_refused_and_nothing_typed_is_lost(pages, db):
    looked, wrong = 0, []
    for _row, client, url, page in pages:
        for form in forms(page):
            mark = mark_of(form)
            if mark is None:
                continue
            looked += 1
            wrong += [f"{url}: {told}" for told in _sent_late(client, url, form, mark)]
    assert wrong == [], "\n".join(wrong)
    assert looked > 20


def _sent_late(client, url: str, form: Form, mark: str) -> list[str]:
    """What is wrong with the answer to a form that was opened too early."""
    sent = form.data(_button(form)) | {mark: ["999999" if mark == "version" else "0" * 32]}
    for name in set(form.choices) & set(form.values):
        if form.values[name] == [""] and "-" not in name:  # not in the rows of a table
            sent[name] = [value for value in form.choices[name] if value][:1] or [""]
    empty = {name for name, values in form.values.items() if values == [""]} - set(form.choices)
    sent |= {name: [NEEDED[name]] for name in NEEDED.keys() & empty}
    if "rater" in form.choices and "asked" in empty:
        sent["asked"] = ["5"]
    typed = _typed(form, sent)
    written = Changed()
    with connection.execute_wrapper(written), transaction.atomic():
        answer = client.post(url, sent)
        transaction.set_rollback(True)
    page = Page(answer)
    told = [] if answer.status_code in (200, 409) else [f"{answer.status_code}"]
    told += ["says nothing of somebody else"] * (
        not any(str(words) in page.text for words in (*STALE, NOT_NOW))
    )
    kept = {name for f in page.forms for name in typed if f.values.get(name) == [typed[name]]}
    told += [f"lost {name}" for name in typed if name not in kept]
    changed = written.tables - BOOKKEEPING - TOLD_APART
    return told + [f"wrote to {sorted(changed)}"] * bool(changed)


class Changed:
    """The tables of which statements changed a row; one that found none changed nothing."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        found = WRITES.match(sql)
        if found and context["cursor"].rowcount:
            self.tables.add(found[1])
        return result


def _button(form: Form) -> str:
    """The one that saves, else the first."""
    names = [name for name, _value in form.buttons if name]
    return next((name for name in ("save", "_save") if name in names), (names or [""])[0])


def _typed(form: Form, sent: dict) -> dict[str, str]:
    """One box changed, so that it can be looked for in the answer."""
    for name in ("reason", "opinion", "text", "finding", "note", "title", "name", "remit",
                 "public_summary"):  # fmt: skip
        if name in form.values and name not in form.choices:
            sent[name] = ["另写的话"]
            return {name: "另写的话"}
    return {}
