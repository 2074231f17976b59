"""Where a case names residents: who took part, who raised it, who was let in by a link."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees.models import Origin, Parameter, Region
from committees.models.regions import at_or_below
from committees.parameters import DEFAULTS
from consultations import calendar
from consultations.models import Case, Participant, Suggestion, SupervisorLink, TopicSource
from consultations.models.meetings import PUBLIC_NAMES
from consultations.workflow.cases import ENDED

OFFICIAL = (TopicSource.PARTY_GOVERNMENT, TopicSource.MEMBER)
GONE = "某某"  # stands where a resident's name stood
# The boxes of a case that hold what a resident typed, and what stands there when that is gone.
INSTEAD = {
    "title": "群众点题（原文已去掉）",
    "problem": "（群众原话已按本人要求去掉）",
    "wish": "",
    "place": "",
}
# 张三丰, 阿依·古丽: what may be looked for in a text. 三组村民代表 names nobody.
PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff·]{4,12}")
NOBODY = re.compile("村民|代表|群众|居民|住户|农户|商户|业主|家长|学生|老人|人员|负责人|某")
KEY = "anonymise_months"
SOONEST = 6  # months; the least that a place may set


def names_in(case: Case) -> list[str]:
    """The residents that a case names, the longest first: 张三丰 before 张三."""
    found = set(residents(case).values_list("name", flat=True))
    if case.source not in OFFICIAL:
        found.add(case.proposer)
    return sorted(filter(is_person, found), key=lambda name: (-len(name), name))


def is_person(name: str) -> bool:
    """Whether this is the name of somebody, and no word for many."""
    return bool(PERSON.fullmatch(name)) and not NOBODY.search(name)


def residents(case: Case) -> QuerySet[Participant]:
    """Who took part neither as an official nor as a member."""
    people = Participant.objects.filter(meeting__case=case, member=None)
    return people.exclude(capacity__in=PUBLIC_NAMES).exclude(name="")


def due_cases(*, within: Iterable[str] | None = None) -> Iterator[Case]:
    """The cases that ended longer ago than their place keeps residents' names.

    What a newspaper reported is left as it is. `within` narrows it to places.
    """
    today = timezone.localdate()
    ended = Case.objects.filter(
        stage__in=ENDED,
        anonymised_at=None,
        stage_since__date__lt=calendar.add_months(today, -SOONEST),
    ).exclude(origin__in=(Origin.REPORTED, Origin.SYNTHETIC))
    if within is not None:
        ended = ended.filter(at_or_below(within))
    kept = Kept(today)
    for case in ended.select_related("region").order_by("stage_since", "pk").iterator():
        if kept.is_over(case.region, since=case.stage_since):
            yield case


def due_suggestions() -> Iterator[Suggestion]:
    """Those answered so long ago that became no case; the others go with their case."""
    today = timezone.localdate()
    decided = Suggestion.objects.filter(
        case=None,
        anonymised_at=None,
        decided_at__date__lt=calendar.add_months(today, -SOONEST),
    )
    kept = Kept(today)
    for suggestion in decided.select_related("region").order_by("decided_at", "pk").iterator():
        if suggestion.decided_at and kept.is_over(suggestion.region, since=suggestion.decided_at):
            yield suggestion


class Kept:
    """For how many months each place keeps residents' names. One query for all places."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        rows = Parameter.objects.filter(key=KEY, effective_from__lte=today)
        ordered = rows.order_by("effective_from", "pk")
        self.months = {str(code): int(n) for code, n in ordered.values_list("region_id", "value")}

    def is_over(self, region: Region, *, since: dt.datetime) -> bool:
        """The nearest place upward that set a number decides."""
        codes = [region.code, *reversed(region.ancestor_codes)]
        own = next((self.months[code] for code in codes if code in self.months), None)
        months = int(DEFAULTS[KEY].default) if own is None else own
        return calendar.add_months(timezone.localdate(since), months) < self.today


def counted(cases: Iterable[Case]) -> dict[int, int]:
    """How many residents each case names as people who took part; one query."""
    found: dict[int, set[str]] = defaultdict(set)
    people = Participant.objects.filter(meeting__case__in=list(cases), member=None)
    rows = people.exclude(capacity__in=PUBLIC_NAMES).values_list("meeting__case", "name")
    for case, name in rows:
        if is_person(name):
            found[case].add(name)
    return {case: len(names) for case, names in found.items()}


def naming(name: str, *, within: Iterable[str]) -> QuerySet[Case]:
    """The cases of these places that name somebody as a resident."""
    named = Participant.objects.filter(member=None, name=name)
    people = named.exclude(capacity__in=PUBLIC_NAMES)
    links = SupervisorLink.objects.filter(called=name)
    found = Case.objects.filter(at_or_below(within)).filter(
        Q(pk__in=people.values("meeting__case"))
        | Q(pk__in=links.values("case"))
        | (Q(proposer=name) & ~Q(source__in=OFFICIAL))
    )
    return found.order_by("-listed_at", "-pk")
