"""The page of a member, where the office switched it on, and the photo on it."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.shortcuts import render

from consultations import uploads
from consultations.public.answers import public_page
from consultations.public.views.files import POLICY
from consultations.selectors import public_members as found


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
    try:
        content = one.photo.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    suffix = "." + one.photo.name.rsplit(".", 1)[-1]
    response = FileResponse(content, content_type=uploads.TYPES[suffix])
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
