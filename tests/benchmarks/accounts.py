"""Makes two signed-in clerks on a prepared database; prints their cookies and the addresses."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.db.models import Count  # noqa: E402  after setup
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from committees.models import Region, Role, RoleGrant, User  # noqa: E402
from consultations.models import Case, TopicField  # noqa: E402
from consultations.selectors.cases import public_cases  # noqa: E402
from consultations.selectors.keyset import NEWEST  # noqa: E402

MANY = 20  # addresses of a kind, so that no page is asked for twice in a row


def cookie(name: str, role: Role, region: str) -> str:
    user = User.objects.create(username=f"bench-{name}", is_staff=True)
    RoleGrant.objects.create(user=user, role=role, region_id=region)
    client = Client()
    client.force_login(user)
    return "; ".join(f"{key}={value.value}" for key, value in client.cookies.items())


def largest(column: str) -> list:
    rows = public_cases().order_by().values_list(column).annotate(n=Count("pk")).order_by("-n")
    return [value for value, _ in rows[:MANY] if value]


def addresses(county: str) -> dict[str, list[str]]:
    cases, admin = reverse("public:cases"), reverse("admin:consultations_case_changelist")
    field_codes = dict(TopicField.objects.values_list("pk", "code"))
    groups = TopicField.objects.filter(children__isnull=False).distinct()
    with_items = public_cases().filter(metrics__isnull=False).order_by("-listed_at", "-pk")
    own = Case.objects.filter(county_code=county, metrics__isnull=False).order_by("pk")
    places = public_cases().order_by("pk").values_list("place", flat=True)
    records = own.values_list("pk", flat=True)[:MANY]
    return {
        "home": [reverse("public:home")],
        "list": [cases],
        "prefecture": [f"{cases}?region={code}" for code in largest("prefecture_code")],
        "county": [f"{cases}?region={c[:4]}&county={c}" for c in largest("county_code")],
        "field": [f"{cases}?field={field_codes[pk]}" for pk in largest("field")],
        "field-group": [f"{cases}?field={group.code}" for group in groups],
        "year": [f"{cases}?year={year}" for year in largest("year")],
        "stage": [f"{cases}?stage={word}" for word in ("handling", "done", "consulting")],
        "source": [f"{cases}?source={source}" for source in largest("source")],
        "two-filters": [
            f"{cases}?region={c}&source=member" for c in largest("prefecture_code")[:3]
        ],
        "deep": [f"{cases}?after={place}" for place in deep_places()],
        "search-common": [f"{cases}?q={word}" for word in ("道路", "资金", "部门", "公开")],
        "search-rare": [f"{cases}?q={place}" for place in places[:MANY]],
        "case": [case.get_absolute_url() for case in with_items[:MANY]],
        "api-list": [reverse("api:cases")],
        "api-deep": [f"{reverse('api:cases')}?after={place}" for place in deep_places()],
        "admin-list": [admin],
        "admin-list-county": [admin],
        "admin-filter": [f"{admin}?stage={stage}" for stage in ("handling", "closed", "filing")],
        "admin-search-common": [f"{admin}?q={word}" for word in ("道路", "资金")],
        "admin-search-rare": [f"{admin}?q={place}" for place in places[:MANY]],
        "admin-tasks": [reverse("admin:consultations_task_changelist")],
        "admin-desk": [reverse("admin:index")],
        "admin-record": [reverse("admin:consultations_case_change", args=[pk]) for pk in records],
    }


def deep_places() -> list[str]:
    """Cursors spread over the last half of the list."""
    total = public_cases().count()
    step = max(1, total // 2 // MANY)
    rows = public_cases().order_by("-listed_at", "-pk").only("listed_at")
    return [NEWEST.place_of(row) for row in rows[total // 2 : total - 30 : step]]


def main() -> None:
    county = largest("county_code")[0]
    cookies = {
        "county": cookie("county", Role.COUNTY_OFFICE, county),
        "province": cookie(
            "province", Role.PROVINCE_OFFICE, Region.objects.get(level="province").pk
        ),
    }
    json.dump({"cookies": cookies, "urls": addresses(county)}, sys.stdout)


main()
