"""What is entered after the answer: follow-ups, checked promises, ratings, files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDate, PartialDateFormField
from consultations import uploads
from consultations.forms.fields import PastDayField, TextField, text_area, with_blank
from consultations.forms.members import MembersField, offer_members, with_names
from consultations.models import Attachment, Case, Commitment, FollowUp, Meeting, Rating, Task


class SentOnce(forms.Form):
    """Carries the version it was opened at: the same form sent twice is told, not kept twice."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data=None, *, case: Case, initial=None, **kwargs: Any):
        super().__init__(data, initial={"version": case.version} | (initial or {}), **kwargs)


TALLY = ("good", "fair", "poor")


def _tally(label: Any, told: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=told, min_value=0, max_value=100_000, required=False
    )


class FollowUpForm(SentOnce):
    """An appraisal has the tally of its slips; nothing else has one."""

    kind = forms.ChoiceField(label=_("kind"), choices=with_blank(FollowUp.Kind.choices))
    task = forms.ModelChoiceField(
        empty_label="—", label=_("on the task"), queryset=Task.objects.none(), required=False
    )
    done_on = PartialDateFormField(label=_("date"), max_length=20)
    members = MembersField(label=_("members there"))
    people = TextField(label=_("who else took part"), max_length=200, required=False)
    finding = TextField(label=_("finding"), widget=text_area(4), max_length=2000)
    asked = _tally(
        _("appraisal: slips handed out"),
        _("On paper. Slips with codes are handed out afterwards and count by themselves."),
    )
    good = _tally(_("appraisal: satisfied"))
    fair = _tally(_("appraisal: fairly satisfied"))
    poor = _tally(_("appraisal: dissatisfied"))
    is_public = forms.BooleanField(label=_("show to the public"), required=False, initial=True)

    def __init__(self, data=None, *, case: Case, **kwargs: Any):
        kwargs["initial"] = {"done_on": PartialDate.parse(timezone.localdate())}
        super().__init__(data, case=case, **kwargs)
        self.fields["task"].queryset = case.tasks.order_by("item__number", "number", "pk")
        offer_members(self, case)

    def clean_done_on(self) -> PartialDate:
        day = self.cleaned_data["done_on"]
        if day.earliest > timezone.localdate():
            raise ValidationError(gettext("The date is not in the future."))
        return day

    def clean(self):
        cleaned = super().clean()
        people = with_names(cleaned.get("members", ()), cleaned.get("people", ""))
        self._check_tally(cleaned)
        return cleaned | {"people": people}

    def _check_tally(self, cleaned: dict[str, Any]) -> None:
        given = [name for name in ("asked", *TALLY) if cleaned.get(name) is not None]
        if cleaned.get("kind") != FollowUp.Kind.APPRAISAL:
            for name in given:
                self.add_error(name, gettext("Only an appraisal has a tally."))
            return
        asked, came = cleaned.get("asked"), sum(cleaned.get(name) or 0 for name in TALLY)
        if given and asked is None:
            self.add_error("asked", gettext("Write how many slips were handed out."))
        elif asked is not None and came > asked:
            self.add_error("asked", gettext("More slips came back than were handed out."))


class PromiseForm(SentOnce):
    """Whether a commitment was kept."""

    state = forms.ChoiceField(
        label=_("the promise"),
        choices=with_blank(
            [choice for choice in Commitment.State.choices if choice[0] != Commitment.State.OPEN]
        ),
    )
    finding = TextField(label=_("what was found"), max_length=200)


class RatingForm(SentOnce):
    rater = forms.ChoiceField(label=_("kind of rater"), choices=with_blank(Rating.Rater.choices))
    channel = forms.ChoiceField(
        label=_("channel"),
        choices=with_blank([c for c in Rating.Channel.choices if c[0] != Rating.Channel.CODE]),
    )
    result = forms.ChoiceField(label=_("with the result"), choices=with_blank(Rating.Value.choices))
    process = forms.ChoiceField(
        label=_("with the process"), choices=with_blank(Rating.Value.choices), required=False
    )
    count = forms.IntegerField(label=_("how many"), min_value=1, max_value=100_000, initial=1)
    asked = forms.IntegerField(
        label=_("how many were asked"),
        help_text=_(
            "Once for each tally: slips handed out, calls made. Without it no rate is told."
        ),
        min_value=1,
        max_value=100_000,
        required=False,
    )
    reason = TextField(label=_("reason given"), max_length=300, required=False)
    collected_on = PastDayField(label=_("collected"), initial=timezone.localdate)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("result") == Rating.Value.DISSATISFIED and not cleaned.get("reason"):
            self.add_error("reason", gettext("Dissatisfied: write the reason that was given."))
        return cleaned


class TallyForm(SentOnce):
    """The slips of one kind of rater, counted: how many went out, and what came back."""

    rater = forms.ChoiceField(label=_("kind of rater"), choices=with_blank(Rating.Rater.choices))
    asked = forms.IntegerField(
        label=_("how many were asked"),
        help_text=_("All slips handed out, also those that did not come back."),
        min_value=1,
        max_value=100_000,
    )
    satisfied = _tally(_("result: satisfied"))
    fair = _tally(_("result: fairly satisfied"))
    dissatisfied = _tally(_("result: dissatisfied"))
    unknown = _tally(_("result: cannot say"))
    process_satisfied = _tally(_("process: satisfied"))
    process_fair = _tally(_("process: fairly satisfied"))
    process_dissatisfied = _tally(_("process: dissatisfied"))
    process_unknown = _tally(_("process: cannot say"))
    reason = TextField(label=_("reason given"), max_length=300, required=False)
    collected_on = PastDayField(label=_("collected"), initial=timezone.localdate)

    def clean(self):
        cleaned = super().clean()
        values, asked = Rating.Value.values, cleaned.get("asked")
        counts = {value: cleaned.pop(value, None) or 0 for value in values}
        process = {value: cleaned.pop(f"process_{value}", None) or 0 for value in values}
        came = max(sum(counts.values()), sum(process.values()))
        if asked is not None and came > asked:
            told = gettext("%(came)s answers are more than the %(asked)s people asked.")
            self.add_error("asked", told % {"came": came, "asked": asked})
        if counts[Rating.Value.DISSATISFIED] and not cleaned.get("reason"):
            self.add_error("reason", gettext("Dissatisfied: write the reason that was given."))
        return cleaned | {"counts": counts, "process": process}


class AttachmentForm(forms.Form):
    """A file, checked by what is in it."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("kind"), choices=Attachment.Kind.choices)
    title = TextField(label=_("title"), max_length=80)
    file = forms.FileField(
        label=_("file"),
        help_text=_("PDF, JPG, PNG, WEBP, DOCX or XLSX, at most 10 MB. Photos lose their place."),
    )
    consent = forms.BooleanField(label=_("people in the picture agreed"), required=False)
    holds_people = forms.BooleanField(
        label=_("residents can be recognised in it, or their names or signatures read"),
        help_text=_("Then it is erased together with the residents' names."),
        required=False,
        initial=True,
    )

    def clean_file(self):
        try:
            return uploads.checked(self.cleaned_data["file"])
        except uploads.BadUpload as refused:
            raise ValidationError(refused.reason) from None


class CaseFileForm(AttachmentForm):
    """A file of the case as a whole, or of one of its meetings."""

    meeting = forms.ChoiceField(label=_("of the meeting"), required=False)

    field_order = ("kind", "title", "meeting", "file", "consent", "holds_people")

    def __init__(self, *args: Any, case: Case, **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = case.meetings.exclude(status=Meeting.Status.CANCELLED).order_by("round", "pk")
        self.meetings = {str(meeting.pk): meeting for meeting in held}
        choices = [(key, named(meeting)) for key, meeting in self.meetings.items()]
        self.fields["meeting"].choices = [("", gettext("of the case as a whole")), *choices]

    def clean_meeting(self) -> Meeting | None:
        return self.meetings.get(self.cleaned_data["meeting"])


def named(meeting: Meeting) -> str:
    """A meeting among the others of its case: its round, and its name or its day."""
    day = meeting.held_on or (meeting.starts_at and timezone.localdate(meeting.starts_at))
    about = meeting.name or (str(PartialDate.parse(day)) if day else "")
    return " · ".join(filter(None, (gettext("Round %s") % meeting.round, about)))
