"""Files that leave the server: one that is kept, a spreadsheet or a paper as it is written.

The faces share it. Whether somebody may have a file has been asked before.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import IO, Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from consultations import uploads

POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
UNKNOWN = "application/octet-stream"


def kept(file: FieldFile, *, title: str = "", saved: bool = False) -> FileResponse:
    """A file as it was kept, shown or `saved` under its title. 404 where there is none any more."""
    if not file:
        raise Http404
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    suffix = PurePath(file.name).suffix.lower()
    response = FileResponse(
        content,
        as_attachment=saved,
        filename=f"{title}{suffix}" if title else "",
        content_type=uploads.TYPES.get(suffix.replace(".jpeg", ".jpg"), UNKNOWN),
    )
    return guarded(response)


def written(name: str, *, suffix: str, write: Callable[[IO[bytes]], object]) -> FileResponse:
    """What `write` puts into the file, to be saved under a name; on disk, since lists are long."""
    out = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response once it is sent
    write(out)
    out.seek(0)
    response = FileResponse(
        out, as_attachment=True, filename=name + suffix, content_type=uploads.TYPES[suffix]
    )
    return guarded(response)


spreadsheet = partial(written, suffix=".xlsx")
word = partial(written, suffix=".docx")


def guarded(response: Any) -> Any:
    """Whatever a file turns out to be, it runs nothing and stands inside no other page."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
