"""A released file of a public case, for as long as it is released."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response

from consultations import uploads
from consultations.public.answers import public_page
from consultations.selectors.public_files import public_file

POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@public_page
def case_file(request, pk, key):
    """Asked for again each time; the file is 404 as soon as it, or its case, is hidden."""
    found = public_file(pk, key)
    if found is None:
        raise Http404
    mark = f'"{key}"'  # a released file never changes
    if (kept := get_conditional_response(request, etag=mark)) is not None:
        return kept
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=not found.is_picture,
        filename=f"{found.title}{found.suffix}",
        content_type=uploads.TYPES.get(found.suffix, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["ETag"] = mark
    return response
