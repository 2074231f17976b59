"""Residents' names taken out of a case, its papers and their versions; what happened stays on record.

The lines of history and the audit log are written once, and nothing is changed there. The audit
log holds keys, not people; a line of history whose words name somebody is shown without its words
(`erasing.silence`). Files in which residents can be recognised go with the names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Case as Either
from django.db.models import F, Q, Value, When
from django.db.models.functions import Replace
from django.utils import timezone

from committees import audit
from committees.models import AuditEntry, User
from consultations.models import Attachment, Case, Suggestion
from consultations.models.suggestions import new_query_code
from consultations.selectors.traces import (
    GONE,
    OFFICIAL,
    due_cases,
    due_suggestions,
    is_person,
    names_in,
    residents,
)
from consultations.services import erasing, own_words, search
from consultations.services.papers import PAPERS, kept_rows, texts_of


def everything_due() -> int:
    """Take the names out of all that ended long enough ago; how many records it were."""
    done = 0
    for case in due_cases():
        take_out(case, names_in(case), whole=True)
        done += 1
    return done + _old_suggestions()


@transaction.atomic
def take_out(
    case: Case, names: Iterable[str], *, by: User | None = None, why: str = "", whole: bool = False
) -> int:
    """Replace these names wherever the case holds them; how many papers held one.

    With `whole` the case is done for good, also who raised it and where exactly, and the files
    that hold people.
    """
    found = list(names)
    papers = _replace(case, found)
    facts = {"names": len(found), "papers": papers, "whole": whole} | ({"why": why} if why else {})
    facts["lines"] = erasing.silence(case, found)
    if whole:
        _let_go_of_people(case)
        facts["files"] = erasing.erase_files(case)
        case.suggestions.update(place="", form_token=None, anonymised_at=timezone.now())
        Case.objects.filter(pk=case.pk).update(anonymised_at=timezone.now())
    search.index(case)
    _tell(case, region=case.region_id, by=by, facts=facts)
    return papers


@transaction.atomic
def erase_file(file: Attachment, *, by: User, why: str) -> None:
    """Take off a file that shows somebody, at this person's request, also from the public page."""
    if erasing.erase(file):
        case = file.case
        _tell(case, region=case.region_id, by=by, facts={"attachment": file.pk, "why": why})


@transaction.atomic
def erase_suggestion(suggestion: Suggestion, *, by: User, why: str) -> list[Case]:
    """Take a resident's words, and those of the answer, out of the inbox and of the case that was
    made of them; that something came and how it ended stay. The cases that held any."""
    cases = own_words.take_out(suggestion, by=by)
    Suggestion.objects.filter(pk=suggestion.pk).update(
        title=GONE, problem=GONE, wish="", place="", form_token=None,
        answer=GONE if suggestion.answer else "",
        query_code=new_query_code(), anonymised_at=timezone.now(),
    )  # fmt: skip
    facts = {"why": why, "cases": [case.pk for case in cases]}
    _tell(suggestion, region=suggestion.region_id, by=by, facts=facts)
    return cases


def _tell(record: models.Model, *, region: str, by: User | None, facts: dict[str, Any]) -> None:
    audit.record(AuditEntry.Kind.ERASED, by=by, about=record, region=region, facts=facts)


def _let_go_of_people(case: Case) -> None:
    """Who took part, who was let in by a link, and who raised it if that was no member or office."""
    residents(case).update(name=GONE)
    case.supervisor_links.update(called=GONE)
    if case.source in OFFICIAL:
        return
    for rows in (Case.objects.filter(pk=case.pk), Case.history.filter(id=case.pk)):
        rows.exclude(proposer="").update(proposer=GONE)


def _replace(case: Case, names: list[str]) -> int:
    """In every text of every paper and of its versions; how many rows held one of the names."""
    count = 0
    for model in PAPERS:
        for rows in kept_rows(model, case):
            count += _replace_in(rows, texts_of(model), names)
    return count


def _replace_in(rows: models.QuerySet[Any], fields: list[str], names: list[str]) -> int:
    """A name stands inside of other words; what is none, only by itself."""
    count = 0
    for field in fields:
        holds = Q(**{f"{field}__in": names})
        text: Any = F(field)
        for name in names:
            if is_person(name):
                holds |= Q(**{f"{field}__contains": name})
                text = Replace(text, Value(name), Value(GONE))
            else:
                alone = When(Q(**{field: name}), then=Value(GONE))
                text = Either(alone, default=text, output_field=models.TextField())
        count += rows.filter(holds).update(**{field: text})
    return count


def _old_suggestions() -> int:
    """Of what became no case, the exact place is let go of after the same time."""
    done = 0
    for suggestion in due_suggestions():
        done += Suggestion.objects.filter(pk=suggestion.pk, anonymised_at=None).update(
            place="", form_token=None, anonymised_at=timezone.now()
        )
    return done
