"""A picture of a case for those who may see it: a small one on the page, the whole of it when asked."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held
from consultations import uploads
from consultations.models import Attachment
from consultations.permissions import sees_inside
from consultations.portal.access import case_or_404, mine
from consultations.selectors.photos import photos_for
from consultations.web import sent_files


def _photo_or_404(request, pk: int, file_pk: int) -> Attachment:
    """By the case and the key; the path under which it lies is told to nobody."""
    case = case_or_404(request, pk)
    grants = grants_held(request)
    inside = sees_inside(request.user, case, grants=grants)
    photos = photos_for(request.user, case, grants=grants, inside=inside)
    found = get_object_or_404(photos, pk=file_pk)
    if not found.is_picture:
        raise Http404
    return found


@require_safe
@mine()
def photo(request, pk: int, file_pk: int) -> HttpResponse:
    found = _photo_or_404(request, pk, file_pk)
    return sent_files.kept(found.file)


@require_safe
@mine()
def small(request, pk: int, file_pk: int) -> HttpResponse:
    found = _photo_or_404(request, pk, file_pk)
    try:
        with found.file.open("rb") as content:
            thumbnail = uploads.small(content)
    except (FileNotFoundError, uploads.BadUpload):
        raise Http404 from None
    return sent_files.guarded(HttpResponse(thumbnail, content_type="image/jpeg"))
