"""Studios, rooms, committees, brands."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render

from committees.models import Room, Studio
from consultations.models import Campaign
from consultations.public.answers import public_page
from consultations.selectors import public_places as found
from consultations.selectors import public_reports as quoted
from consultations.selectors.counted import counted_at
from consultations.selectors.keyset import page_of
from consultations.selectors.public import case_rows, newest_cases, newest_shown
from consultations.selectors.public_blocks import notices_of
from consultations.selectors.public_members import groups_of_committee, groups_of_studio
from consultations.selectors.residents import hotline_of
from consultations.selectors.studio_life import activities_of

SHOWN = 10
ON_A_PAGE = 20


def or_404(record):
    if record is None:
        raise Http404
    return record


@public_page
def studios(request):
    return _directory(request, Studio, "public/studios.html")


@public_page
def rooms(request):
    return _directory(request, Room, "public/rooms.html")


def _directory(request, model, template):
    places = found.prefectures()
    region = request.GET.get("region", "")
    if region not in dict(places):
        region = ""
    page = found.directory(model, region=region, wanted=request.GET)
    kept = {"region": region} if region else {}
    context = {
        "page": page,
        "places": places,
        "region": region,
        "region_name": dict(places).get(region, ""),
        "older": "?" + urlencode(kept | {"after": page.after}),
        "newer": "?" + urlencode(kept | {"before": page.before}),
    }
    return render(request, template, context)


@public_page
def studio(request, code):
    one = or_404(found.studio_page(code))
    context = {
        "studio": one,
        "seats": found.seats_of(one),
        "rooms": found.rooms_of(one),
        "plans": one.plans.order_by("-year", "pk")[:1],
        "activities": activities_of(one, released=True),
        "groups": groups_of_studio(one),
        **_cases_of(request, found.cases_with(studio=one)),
    }
    return render(request, "public/studio.html", context)


@public_page
def room(request, code):
    one = or_404(found.room_page(code))
    context = {"room": one, **_cases_of(request, found.cases_in_room(one))}
    return render(request, "public/room.html", context)


def _cases_of(request, cases):
    """A page of the cases, with the addresses of the pages beside it."""
    page = page_of(case_rows(cases), request.GET, size=ON_A_PAGE)
    return {
        "page": page,
        "older": "?" + urlencode({"after": page.after}),
        "newer": "?" + urlencode({"before": page.before}),
    }


@public_page
def committees(request):
    context = {"province": found.committee_page("53"), "groups": found.committees_by_prefecture()}
    return render(request, "public/committees.html", context)


@public_page
def committee(request, code):
    one = or_404(found.committee_page(code))
    context = {
        "committee": one,
        "children": found.children_of(one),
        "cases": newest_shown(SHOWN, found.cases_of(one)),
        "joint": newest_cases(SHOWN, found.co_hosted_by(one)),
        "studios": found.studios_of(one),
        "rooms": found.rooms_at(one),
        "campaigns": found.campaigns_of(one),
        "figures": quoted.figures_at(code),
        "counted": None if one.is_demo else counted_at(code),
        "notices": notices_of(code),
        "hotline": hotline_of(one.region),
        "groups": groups_of_committee(one),
        "all_query": _all_of(one),
    }
    return render(request, "public/committee.html", context)


def _all_of(committee) -> str:
    """The list of all its cases; what is invented is asked for by name."""
    code = committee.region_id
    asked = {4: {"region": code}, 6: {"county": code}}.get(len(code), {})
    return "?" + urlencode(asked | ({"demo": "1"} if committee.is_demo else {}))


@public_page
def campaigns(request):
    rows = Campaign.objects.select_related("committee").order_by("committee__region_id", "code")
    return render(request, "public/campaigns.html", {"campaigns": rows[:200]})


@public_page
def campaign(request, code):
    one = or_404(found.campaign_page(code))
    context = {
        "campaign": one,
        "figures": quoted.figures_of_campaign(one),
        "cases": newest_cases(SHOWN, found.cases_with(campaign=one)),
    }
    return render(request, "public/campaign.html", context)
