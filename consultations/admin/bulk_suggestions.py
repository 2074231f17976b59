"""What can be done to many suggestions at once: answer, join with one, give to somebody."""

from __future__ import annotations

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.admin.access import grants_held
from committees.admin.bulk import Bulk
from committees.grants import grants_of
from consultations.forms import bulk as forms
from consultations.models import Suggestion
from consultations.selectors.places import people_of
from consultations.services import suggestions
from consultations.services.suggestions import SCREENERS
from consultations.workflow.engine import Refused

NAMES = (gettext_lazy("title"), gettext_lazy("place"), gettext_lazy("query code"))
SHOWN = 120  # characters of what the resident wrote


class OfSuggestions(Bulk):
    related = ("region__parent", "owner")
    most = forms.ANSWER

    def detail_of(self, suggestion):
        problem = suggestion.problem
        shown = problem if len(problem) <= SHOWN else f"{problem[:SHOWN]}…"
        return f"{suggestion.spot} · {shown}"

    def state_of(self, suggestion):
        return suggestion.get_state_display()

    def objections(self, suggestion, data):
        if not screens(suggestion, grants_held(self.request)):
            return [_("This step is taken by somebody else.")]
        if suggestion.state != Suggestion.State.RECEIVED:
            return [_("Somebody has already dealt with this suggestion.")]
        return [] if data is None else self.against(suggestion, data)

    def against(self, suggestion, data) -> list[str]:
        return forms.too_long(self.text(suggestion, data), self.most)

    def text(self, suggestion, data):
        values = (suggestion.title, suggestion.spot, suggestion.query_code)
        return forms.filled(data["text"], dict(zip(NAMES, values, strict=True)))

    def take(self, picked, data):
        if against := self.against(picked.record, data):
            return against
        try:
            self.change(picked.record, data)
        except Refused as refused:
            return refused.reasons
        self._log(picked.record)
        return []

    def change(self, suggestion, data) -> None:
        raise NotImplementedError

    def _log(self, suggestion) -> None:
        LogEntry.objects.log_actions(
            self.request.user.pk, [suggestion], CHANGE, change_message=str(self.label)
        )


def screens(suggestion, grants) -> bool:
    """Whether one of the grants lets somebody screen the suggestions of this place."""
    return any(g.role in SCREENERS and suggestion.region_id.startswith(g.reach) for g in grants)


class WithAnswer(forms.AnswersForm):
    names = NAMES


class AnswerMany(OfSuggestions):
    name, label = "answer", gettext_lazy("Answer with one text")
    form_class = WithAnswer

    def change(self, suggestion, data):
        suggestions.decline(
            suggestion,
            by=self.request.user,
            state=data["state"],
            answer=self.text(suggestion, data),
        )


class WithCode(forms.JoinForm):
    names = NAMES


class Join(OfSuggestions):
    name, label = "join", gettext_lazy("Join with another suggestion")

    def make_form(self, data):
        return WithCode(data, by=self.request.user, grants=grants_held(self.request))

    def against(self, suggestion, data):
        root = data["joined_to"].joined_to or data["joined_to"]
        if root.pk == suggestion.pk:
            return [_("This is the one that the others are joined with.")]
        return super().against(suggestion, data)

    def change(self, suggestion, data):
        suggestions.join(
            suggestion,
            by=self.request.user,
            to=data["joined_to"],
            answer=self.text(suggestion, data),
        )


class Give(OfSuggestions):
    name, label = "give", gettext_lazy("Name the person in charge")

    def make_form(self, data):
        return forms.PersonForm(data, people=people_of(grants_held(self.request)))

    def against(self, suggestion, data):
        person = data["person"]
        if suggestion.owner_id == person.pk:
            return [_("%s is in charge already.") % person]
        if not screens(suggestion, self.grants_of(person)):
            return [_("%s has no role in this place.") % person]
        return []

    def grants_of(self, person):
        """Read once for all the rows."""
        if not hasattr(self, "grants_read"):
            self.grants_read = grants_of(person)
        return self.grants_read

    def text(self, suggestion, data):
        return _("in charge: %s") % data["person"]

    def change(self, suggestion, data):
        suggestions.give(suggestion, by=self.request.user, owner=data["person"])


SUGGESTION_ACTIONS = (AnswerMany, Join, Give)
