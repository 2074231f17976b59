"""A member's photo: decoded and written anew, kept with consent, shown where that is agreed too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import Member
from consultations import uploads
from consultations.forms.seen import SeenStart


class MemberPhotoForm(SeenStart):
    use_required_attribute = False

    photo = forms.FileField(
        label=_("photo"),
        help_text=_("JPG, PNG or WEBP, at most 10 MB. Photos lose their place."),
        required=False,
    )
    consent = forms.BooleanField(label=_("the member agreed to the photo"), required=False)
    is_public = forms.BooleanField(
        label=_("has a public page"),
        help_text=_("Name, committee, sector and posts; nothing else."),
        required=False,
    )
    photo_is_public = forms.BooleanField(label=_("photo on the public page"), required=False)
    remove = forms.BooleanField(label=_("remove the photo"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, member: Member):
        self.member = member
        start = {
            "consent": member.photo_consent,
            "is_public": member.is_public,
            "photo_is_public": member.photo_is_public,
        }
        super().__init__(data, files, initial=start)
        if not member.photo:
            del self.fields["remove"]

    def stands(self) -> dict[str, Any]:
        return super().stands() | {"photo": self.member.photo.name}

    def clean_photo(self):
        upload = self.cleaned_data["photo"]
        if not upload:
            return None
        try:
            return uploads.checked_photo(upload)
        except uploads.BadUpload as refused:
            raise forms.ValidationError(refused.reason) from None

    def clean(self):
        cleaned = super().clean()
        has = bool(cleaned.get("photo") or self.member.photo) and not cleaned.get("remove")
        if has and not cleaned.get("consent"):
            self.add_error("consent", gettext("Without consent no photo is kept."))
        if cleaned.get("photo_is_public") and not (has and cleaned.get("is_public")):
            told = gettext("A photo is shown only on a public page that has one.")
            self.add_error("photo_is_public", told)
        return cleaned
