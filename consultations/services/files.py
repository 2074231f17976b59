"""A file of a case shown to the public: prepared by one person, released by a second, taken down by
any one of them at once. What goes with the residents' names is marked here and erased elsewhere."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.grants import EDITORS, same_hand
from committees.models import Role, User
from consultations import privacy
from consultations.models import Attachment, Case, Sensitivity
from consultations.models.attachments import new_public_key
from consultations.permissions import roles_on
from consultations.services.history import line
from consultations.workflow.engine import Refused
from consultations.workflow.outcome_guards import resident_names

SHOWABLE = (".jpg", ".jpeg", ".png", ".webp", ".pdf")
RELEASERS = (Role.COUNTY_OFFICE,)
REMOVERS = (*EDITORS, Role.LEADER)


def against_showing(file: Attachment) -> list[str]:
    """Why a file cannot be shown to the public at all."""
    if file.erased_at is not None:
        return [_("The file was erased.")]
    if file.is_public:
        return [_("The file is public already.")]
    if file.kind == Attachment.Kind.SCAN:
        return [_("A scan of a signed form stays inside: it bears signatures.")]
    if file.suffix not in SHOWABLE:
        return [_("Only pictures and PDF files are shown; save the document as a PDF first.")]
    return []


def against_releasing(file: Attachment, *, by: User) -> list[str]:
    """Every reason why this person does not release the file now."""
    reasons, case = against_showing(file), file.case
    if reasons:
        return reasons
    if file.described_by_id is None or not file.consent or not file.alt_text:
        reasons.append(_("Somebody prepares the file for the public first."))
    if file.described_by_id in same_hand(by, since=timezone.localdate(case.created_at)):
        reasons.append(_("A second person releases the file."))
    if case.restricted_at is not None:
        reasons.append(_("The case is restricted."))
    elif case.sensitivity != Sensitivity.NORMAL:
        reasons.append(_("Only a topic marked as not sensitive is published."))
    elif not case.is_public:
        reasons.append(_("The case is published first."))
    return reasons + against_words(case, file.title, file.alt_text)


def against_words(case: Case, *texts: str) -> list[str]:
    found = privacy.findings("\n".join(texts), names=resident_names(case))
    return [_("Personal data in the public text: %s.") % "、".join(found)] if found else []


@transaction.atomic
def describe(file: Attachment, *, by: User, title: str, alt_text: str, consent: bool) -> None:
    """Prepare a file for the public: what it shows, and that the people in it agreed."""
    role = _role(file.case, by, EDITORS)
    reasons = against_showing(file) + against_words(file.case, title, alt_text)
    if not consent:
        reasons.append(_("Without consent a file is not shown to the public."))
    if not alt_text.strip():
        reasons.append(_("Say in words what the file shows."))
    if reasons:
        raise Refused(reasons)
    _write(file, was_public=False, title=title.strip(), alt_text=alt_text.strip(), consent=True,
           described_by=by)  # fmt: skip
    line(file.case, "describe_file", by=by, role=role, facts={"attachment": file.pk})


@transaction.atomic
def mark(file: Attachment, *, by: User, holds_people: bool) -> None:
    """Say whether residents can be recognised in a file: then it goes when their names go."""
    role = _role(file.case, by, EDITORS)
    if file.erased_at is not None:
        raise Refused([_("The file was erased.")])
    Attachment.objects.filter(pk=file.pk, erased_at=None).update(holds_people=holds_people)
    facts = {"attachment": file.pk, "holds_people": holds_people}
    line(file.case, "mark_file", by=by, role=role, facts=facts)


@transaction.atomic
def release(file: Attachment, *, by: User) -> None:
    """Show a prepared file to the public, under an address that nobody can guess."""
    role = _role(file.case, by, RELEASERS)
    fresh = Attachment.objects.select_related("case").get(pk=file.pk)
    if reasons := against_releasing(fresh, by=by):
        raise Refused(reasons)
    _write(file, was_public=False, is_public=True, public_key=new_public_key(), released_by=by,
           released_at=timezone.now(), hidden_at=None, hidden_by=None, hidden_reason="")  # fmt: skip
    line(file.case, "release_file", by=by, role=role, facts={"attachment": file.pk})


@transaction.atomic
def take_down(file: Attachment, *, by: User, reason: str) -> None:
    """Gone from the public at once; in its place stands that it was taken down, when and why."""
    role = _role(file.case, by, REMOVERS)
    why = reason.strip()
    reasons = [] if why else [_("Write the reason.")]
    if reasons := reasons + against_words(file.case, why):
        raise Refused(reasons)
    _write(file, was_public=True, is_public=False, public_key=None, described_by=None,
           hidden_at=timezone.now(), hidden_by=by, hidden_reason=why[:200])  # fmt: skip
    facts = {"attachment": file.pk}
    line(file.case, "take_down_file", by=by, role=role, facts=facts, reason=why[:200])


def _role(case: Case, by: User, allowed: tuple[Role, ...]) -> str:
    held = roles_on(by, case)
    role = next((role for role in allowed if role in held), None)
    if role is None:
        raise Refused([_("This step is taken by somebody else.")])
    return role


def _write(file: Attachment, *, was_public: bool, **fields: object) -> None:
    """Only where the file still is as it was looked at: of two at once, one is told."""
    rows = Attachment.objects.filter(pk=file.pk, is_public=was_public)
    if not rows.update(**fields):
        told = _("The file is not public.") if was_public else _("The file is public already.")
        raise Refused([told])
    file.refresh_from_db()
