"""A released file of a public case, for as long as it is released."""

from __future__ import annotations

from django.http import Http404
from django.utils.cache import get_conditional_response

from consultations.public.answers import public_page
from consultations.selectors.public_files import public_file
from consultations.web import sent_files


@public_page
def case_file(request, pk, key):
    """Asked for again each time; the file is 404 as soon as it, or its case, is hidden."""
    found = public_file(pk, key)
    if found is None:
        raise Http404
    mark = f'"{key}"'  # a released file never changes
    if (kept := get_conditional_response(request, etag=mark)) is not None:
        return kept
    response = sent_files.kept(found.file, title=found.title, saved=not found.is_picture)
    response["ETag"] = mark
    return response
