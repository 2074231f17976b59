"""The page of a member, where the office switched it on, and the photo on it."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render

from consultations.public.answers import public_page
from consultations.selectors import public_members as found
from consultations.web import sent_files


@public_page
def member(request, pk):
    one = found.public_member(pk)
    if one is None:
        raise Http404
    context = {
        "member": one,
        "seats": found.seats_today(one),
        "studios": found.places_today(one),
    }
    return render(request, "public/member.html", context)


@public_page
def photo(request, pk):
    """Asked for again each time; gone as soon as the office takes it down."""
    one = found.public_member(pk)
    if one is None or not one.photo_is_public:
        raise Http404
    return sent_files.kept(one.photo)
