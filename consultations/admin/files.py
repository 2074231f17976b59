"""Hands out a file of a case to those who see the whole record, never as a page of its own."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from committees.admin.access import grants_held
from consultations import uploads
from consultations.admin.access import case_or_404
from consultations.models import Attachment
from consultations.permissions import sees_inside


def download(request, pk: int, file_pk: int) -> FileResponse:
    case = case_or_404(request, pk)
    if not sees_inside(request.user, case, grants=grants_held(request)):
        raise Http404
    kept = get_object_or_404(Attachment, pk=file_pk, case=case)
    suffix = PurePath(kept.file.name).suffix
    try:
        content = kept.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=True,
        filename=f"{kept.title}{suffix}",
        content_type=uploads.TYPES.get(suffix, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
