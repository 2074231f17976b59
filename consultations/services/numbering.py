"""Numbers without gaps or doubles: the series is raised in the transaction that uses it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from committees.models import Region
from committees.parameters import value_for
from consultations.models import NumberSeries


@transaction.atomic
def next_number(key: str) -> int:
    """The next number of a series, from 1. Rolls back together with its user."""
    NumberSeries.objects.get_or_create(key=key)
    NumberSeries.objects.filter(key=key).update(last=F("last") + 1)
    return NumberSeries.objects.values_list("last", flat=True).get(key=key)


@transaction.atomic
def next_numbers(key: str, count: int) -> range:
    """So many numbers of a series at once."""
    NumberSeries.objects.get_or_create(key=key)
    NumberSeries.objects.filter(key=key).update(last=F("last") + count)
    last = NumberSeries.objects.values_list("last", flat=True).get(key=key)
    return range(last - count + 1, last + 1)


def slip_numbers(prefix: str, count: int) -> list[str]:
    """Numbers of slips or reminders such as 演协督〔2026〕3号, in the series of their prefix."""
    year = timezone.localdate().year
    numbers = next_numbers(f"slip:{prefix}:{year}", count)
    return [f"{prefix}〔{year}〕{number}号" for number in numbers]


def case_code(region: Region) -> str:
    """A case number such as 532622-2026-0007: county (or higher) code, year, running number."""
    scope, year = region.code[:6], timezone.localdate().year
    return f"{scope}-{year}-{next_number(f'case:{scope}:{year}'):04d}"


def letter_number(region: Region) -> str:
    """A number of a hand-over letter such as 演协转〔2026〕12号."""
    year = timezone.localdate().year
    prefix = value_for(region, "letter_prefix") or f"{region.code[:6]}协转"
    return f"{prefix}〔{year}〕{next_number(f'letter:{prefix}:{year}')}号"


def filing_number(region: Region) -> str:
    """A filing number such as 演协备〔2026〕12号; places that share a prefix share its series."""
    year = timezone.localdate().year
    prefix = value_for(region, "filing_prefix") or f"{region.code[:6]}协备"
    return f"{prefix}〔{year}〕{next_number(f'filing:{prefix}:{year}')}号"
