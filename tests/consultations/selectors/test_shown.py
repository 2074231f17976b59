"""The scan before a release reads every text that the public page shows: each is tried."""

from __future__ import annotations

import pytest
from django.db import models, transaction
from django.utils import timezone

from consultations import privacy
from consultations.models import (
    AgendaItem,
    AgreedItem,
    Attachment,
    Case,
    CoHost,
    Commitment,
    Conversion,
    Event,
    FieldVisit,
    FollowUp,
    FundLine,
    Instruction,
    LookBack,
    MediaReport,
    Meeting,
    Milestone,
    OutcomeMetric,
    Participant,
    Side,
    Suspension,
    Task,
)
from consultations.selectors.public_case_rows import page_rows
from consultations.selectors.shown import KEPT_BACK, shown_words
from tests.factories import an_item, case_at, step
from tests.offered import offer_for
from tests.public_cases import a_full_case

pytestmark = pytest.mark.django_db
PHONE = "13887654321"
# The tables of the page that somebody types into, by the name of their rows.
TYPED = {
    "case": Case, "side": Side, "visit": FieldVisit, "meeting": Meeting, "participant": Participant, "agenda": AgendaItem,
    "item": AgreedItem, "task": Task, "milestone": Milestone, "commitment": Commitment,
    "suspension": Suspension, "metric": OutcomeMetric, "fund": FundLine, "follow_up": FollowUp,
    "conversion": Conversion, "instruction": Instruction, "co_host": CoHost, "line": Event,
    "file": Attachment, "report": MediaReport, "look_back": LookBack,
}  # fmt: skip
# Keys, counts, values of the place, and words of reports, which were in the paper.
NOT_TYPED = {"link", "linked_from", "rating", "asked", "slip", "limit", "figure", "source", "move"}
GIVEN = {"code", "prefecture_code", "county_code", "action", "file", "public_key"}


def columns(name: str) -> list[str]:
    """The columns of one table of the page."""
    row = page_rows()[name].query.annotations["_row"]
    return [source.value for source in row.source_expressions[::2]]


def free_texts(name: str) -> list[str]:
    """Those of its columns that take any text."""
    model = TYPED[name]
    fields = {field.name: field for field in model._meta.concrete_fields}
    return [
        column
        for column in columns(name)
        if column in fields
        and type(fields[column]) in (models.CharField, models.TextField)
        and not fields[column].choices
        and column not in GIVEN
    ]


EVERY_TEXT = [(name, column) for name in TYPED for column in free_texts(name)]


@pytest.fixture
def full(db) -> Case:
    case = a_full_case()
    Milestone.objects.create(item=case.items.first(), title="开工")
    Attachment.objects.create(
        case=case, kind="photo", title="水渠", file="x.jpg", consent=True, is_public=True,
        public_key="key", released_at=timezone.now(),
    )  # fmt: skip
    case.look_backs.create(outcome="holds", finding="水还在流。", looked_by=case.created_by)
    case.meetings.first().agenda.create(title="听取各方意见")
    case.meetings.first().reports.create(title="小渠通水", outlet="演示日报")
    return case


def test_every_table_of_the_page_is_sorted_here():
    assert set(page_rows()) == set(TYPED) | NOT_TYPED


def test_the_page_shows_at_least_these_texts():
    """So that the list cannot run empty without anybody noticing."""
    assert {
        ("case", "title"), ("case", "problem"), ("side", "name"), ("side", "interest"),
        ("meeting", "summary"), ("item", "funds"), ("task", "title"), ("milestone", "title"),
        ("commitment", "condition"), ("fund", "name"), ("conversion", "title"),
        ("conversion", "answer"), ("instruction", "text"), ("follow_up", "finding"),
        ("participant", "organisation"), ("metric", "unit"),
    } <= set(EVERY_TEXT)  # fmt: skip


def test_a_number_planted_in_any_text_of_the_page_is_found(full):
    missed = []
    for name, column in EVERY_TEXT:
        with transaction.atomic():
            _plant(full, name, column)
            if not privacy.findings(privacy.BETWEEN.join(shown_words(full))):
                missed.append((name, column))
            transaction.set_rollback(True)
        full.refresh_from_db()

    kept_back = {(name, column) for name, names in KEPT_BACK.items() for column in names}
    assert set(missed) == kept_back & set(EVERY_TEXT)


def test_what_the_scan_passes_over_does_not_stand_on_the_page(full, client):
    for name, names in KEPT_BACK.items():
        for column in names & set(free_texts(name)):
            _plant(full, name, column)

    assert PHONE not in client.get(f"/cases/{full.pk}/").content.decode()


def _plant(case: Case, name: str, column: str) -> None:
    """Write the number into a column of the last row of the case, past everything in its way."""
    model = TYPED[name]
    path = {"participant": "meeting__case", "agenda": "meeting__case",
            "report": "meeting__case", "milestone": "item__case", "commitment": "item__case",
            "suspension": "task__case", "case": "pk"}.get(name, "case")  # fmt: skip
    public = {"is_public": True} if name == "follow_up" else {}
    last = model._base_manager.filter(**{path: case.pk}, **public).order_by("-pk").first()
    assert last is not None, name
    models.QuerySet(model).filter(pk=last.pk).update(**{column: PHONE})


def test_the_name_of_an_official_is_scanned_and_that_of_a_resident_is_masked(full):
    Participant.objects.filter(capacity="party").update(name=PHONE)
    assert PHONE not in shown_words(full)

    Participant.objects.filter(capacity="host").update(name=PHONE)
    assert PHONE in shown_words(full)


def test_an_official_who_raised_it_is_scanned_and_a_resident_is_not_shown(full):
    Case.objects.filter(pk=full.pk).update(proposer=PHONE, source="residents")
    full.refresh_from_db()
    assert PHONE not in shown_words(full)

    full.source = "party"
    assert PHONE in shown_words(full)


def test_what_will_be_shown_once_it_is_read_back_is_scanned_before(county):
    case = case_at("scheduled", county=county)
    step(case, "(write public text)", county=county)
    an_item(case, county=county, text=f"请电{PHONE}")

    offer = offer_for(county.office, case, "publish")

    assert len(offer.reasons) == 1


def test_two_texts_side_by_side_make_no_number(full):
    Case.objects.filter(pk=full.pk).update(title="共138", problem="8765 4321")

    assert not privacy.findings(privacy.BETWEEN.join(shown_words(full)))


def test_the_words_are_read_by_one_statement(full, django_assert_num_queries):
    with django_assert_num_queries(1):
        shown_words(full)
