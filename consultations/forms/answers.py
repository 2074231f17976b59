"""A member's answer to an invitation: two buttons, and a box for a reason that may stay empty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import TextField


class AnswerForm(forms.Form):
    use_required_attribute = False

    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")], widget=forms.HiddenInput)
    reason = TextField(label=_("why not (may stay empty)"), max_length=100, required=False)

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        is_coming = self.cleaned_data["answer"] == "yes"
        return {"is_coming": is_coming, "reason": self.cleaned_data["reason"]}
