"""An internal note. `@name` in its text reaches the person; so does a tick beside the name."""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import User
from committees.names import fold
from consultations.forms.fields import TextField, TokenField, text_area

AT = re.compile(r"(?<![A-Za-z0-9._-])[@＠](?=[^\s@＠])")  # not that of an address of mail
LATIN = re.compile(r"[A-Za-z0-9_-]")
LONGEST = 12  # characters of an unknown name that are quoted


class NoteForm(forms.Form):
    use_required_attribute = False

    text = TextField(
        label=_("note"),
        help_text=_("With @ and a name or user name it reaches that person's desk."),
        widget=text_area(),
        max_length=2000,
    )
    mentions = forms.ModelMultipleChoiceField(
        label=_("for"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pinned = forms.BooleanField(label=_("pinned"), required=False)
    form_token = TokenField(max_length=40)

    def __init__(self, data=None, *, people, **kwargs: Any):
        super().__init__(data, initial={"form_token": secrets.token_hex(16)}, **kwargs)
        self.fields["mentions"].queryset = people

    def clean(self):
        cleaned = super().clean()
        if "text" in cleaned and "mentions" in cleaned:
            ticked = set(cleaned["mentions"])
            cleaned["mentions"] = sorted(ticked | self._called(), key=lambda user: user.pk)
        return cleaned

    def _called(self) -> set[User]:
        """Those whom the text calls by name; an unknown name is an error beside the text."""
        names = _names(self.fields["mentions"].queryset)
        found: set[User] = set()
        for at in AT.finditer(self.cleaned_data["text"]):
            try:
                found.add(_named(self.cleaned_data["text"][at.end() :], names))
            except ValidationError as unknown:
                self.add_error("text", unknown)
        return found


def _names(people) -> dict[str, list[User]]:
    """Everybody by display name and by user name, folded."""
    names = defaultdict(list)
    for person in people:
        for name in {fold(person.display_name), fold(person.username)} - {""}:
            names[name].append(person)
    return names


def _named(rest: str, names: dict[str, list[User]]) -> User:
    """The person whose name stands at the beginning of a text, the longest name first."""
    begins = fold(rest.split(maxsplit=1)[0])
    for name in sorted(names, key=len, reverse=True):
        if not begins.startswith(name) or _goes_on(name, rest):
            continue
        if len(names[name]) > 1:
            several = gettext("More than one person is called %s: write the user name.")
            raise ValidationError(several % name)
        return names[name][0]
    word = re.match(r"[\w.-]*", rest).group()[:LONGEST] or rest[:1]
    raise ValidationError(
        gettext("Nobody called “%s” may read the notes of this case. The names stand below.") % word
    )


def _goes_on(name: str, rest: str) -> bool:
    """`@li` is not `@liming`: a name in Latin letters ends where the letters end."""
    after = rest[len(name) : len(name) + 1]
    return bool(LATIN.match(name[-1]) and LATIN.match(after))
