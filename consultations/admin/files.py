"""The files of a case: handed out to those who see the whole record; shown to the public and taken
down again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees.admin.access import grants_held
from committees.grants import EDITORS
from consultations.admin.access import back, case_or_404, case_url, page, refuse
from consultations.forms.files import DescribeForm, HoldsPeopleForm, ReleaseForm, TakeDownForm
from consultations.models import Attachment, Case
from consultations.permissions import roles_on, sees_inside
from consultations.services import files
from consultations.web import sent_files
from consultations.web.one_writer import one_writer
from consultations.workflow.engine import Refused

both = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class FileLine:
    """A file on the record with the steps that are the viewer's."""

    file: Attachment
    may_describe: bool
    may_mark: bool
    may_release: bool
    may_take_down: bool
    round: int | None  # of the meeting it belongs to


def file_lines(
    request, case: Case, attachments: list[Attachment], *, rounds: Mapping[int, int]
) -> list[FileLine]:
    """The files of the record; `rounds` has the round of each meeting by its key."""
    held = roles_on(request.user, case, grants=grants_held(request))
    return [
        FileLine(
            file,
            may_describe=bool(held & set(EDITORS)) and not files.against_showing(file),
            may_mark=bool(held & set(EDITORS)) and file.erased_at is None,
            may_release=bool(held & set(files.RELEASERS)) and file.is_prepared,
            may_take_down=bool(held & set(files.REMOVERS)) and file.is_public,
            round=rounds.get(file.meeting_id or 0),
        )
        for file in attachments
    ]


def download(request, pk: int, file_pk: int) -> FileResponse:
    case = case_or_404(request, pk)
    if not sees_inside(request.user, case, grants=grants_held(request)):
        raise Http404
    kept = get_object_or_404(Attachment, pk=file_pk, case=case, erased_at=None)
    return sent_files.kept(kept.file, title=kept.title, saved=True)


def _file_or_404(request, pk: int, file_pk: int, roles) -> Attachment:
    case = case_or_404(request, pk)
    if not roles_on(request.user, case, grants=grants_held(request)) & set(roles):
        raise Http404
    file = get_object_or_404(case.attachments.select_related("described_by"), pk=file_pk)
    file.case = case
    return file


def _answer(request, file: Attachment, form, save, **words) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            save(**form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return back(request, case_url(file.case, section="files"), _("Saved."))
    context = {"form": form, "file": file, "case": file.case,
               "back": case_url(file.case, section="files"), **words}  # fmt: skip
    return page(request, "case/file.html", context)


@both
def describe(request, pk: int, file_pk: int) -> HttpResponse:
    file = _file_or_404(request, pk, file_pk, EDITORS)
    with one_writer(file, writes=request.method == "POST"):
        start = {"title": file.title, "alt_text": file.alt_text, "consent": file.consent}
        form = DescribeForm(request.POST if request.method == "POST" else None, initial=start)

        def save(**typed) -> None:
            files.describe(file, by=request.user, **typed)

        return _answer(request, file, form, save, title=_("Prepare a file for the public"),
                       against=files.against_showing(file))  # fmt: skip


@both
def holds_people(request, pk: int, file_pk: int) -> HttpResponse:
    """Whether the file goes together with the residents' names, said after looking at it."""
    file = _file_or_404(request, pk, file_pk, EDITORS)
    with one_writer(file, writes=request.method == "POST"):
        form = HoldsPeopleForm(request.POST if request.method == "POST" else None,
                               initial={"holds_people": file.holds_people})  # fmt: skip

        def save(**typed: bool) -> None:
            files.mark(file, by=request.user, **typed)

        return _answer(request, file, form, save, title=_("Residents in the file"))


@both
def release(request, pk: int, file_pk: int) -> HttpResponse:
    file = _file_or_404(request, pk, file_pk, files.RELEASERS)
    form = ReleaseForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        files.release(file, by=request.user)

    against = [] if form.is_bound else files.against_releasing(file, by=request.user)
    return _answer(request, file, form, save, title=_("Release the file"), against=against,
                   told=True)  # fmt: skip


@both
def take_down(request, pk: int, file_pk: int) -> HttpResponse:
    file = _file_or_404(request, pk, file_pk, files.REMOVERS)
    form = TakeDownForm(request.POST if request.method == "POST" else None)

    def save(reason: str) -> None:
        files.take_down(file, by=request.user, reason=reason)

    against = [] if file.is_public or form.is_bound else [_("The file is not public.")]
    return _answer(request, file, form, save, title=_("Take the file down"), against=against,
                   told=True)  # fmt: skip
