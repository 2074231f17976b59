"""The form of one step: what it captures, the reason, the role, the version that was looked at.

`clean` asks the table (`workflow.engine.objections`), so that every reason against the step stands
beside its field at once; the service asks again when the step is taken.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Role, User
from consultations.forms.fields import TextField, text_area
from consultations.forms.usual import take_usual, usual_field, usual_texts
from consultations.models import Case, Event, Task
from consultations.permissions import Subject, acting_choices, asked, roles_on, stage_of, table_of
from consultations.selectors.moves import moved_on
from consultations.services import cases, tasks
from consultations.services.history import refused
from consultations.workflow import engine
from consultations.workflow.engine import Transition


class StepForm(forms.Form):
    """A step that captures nothing of its own; others add fields and name them in `beside`.

    `beside` maps the name of a guard to the field its reason belongs to.
    """

    beside: dict[str, str] = {}
    needed: tuple[str, ...] = ()  # empty ones the workflow refuses, so none is marked as optional
    reason_length = 500
    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data=None, files=None, *, subject: Subject, row: Transition, by: User | None
    ):
        self.subject, self.row, self.by = subject, row, by
        held = self.held()
        self.roles = [role for role in (*row.roles, *row.proxy_roles) if role in held]
        files = None if data is None else files  # a form with files counts as sent
        super().__init__(data, files, initial={"version": subject.version} | self.start())
        self.prepare()
        self._add_reason()
        self._add_role()
        for name in ("reason", *self.needed):
            if name in self.fields:
                self.fields[name].is_needed = True  # type: ignore[attr-defined]

    def held(self) -> set[str]:
        """The roles in which the person acts on the record."""
        return roles_on(self.by, self.subject) if self.by else set()

    def start(self) -> dict[str, Any]:
        """What the fields hold when the form is opened."""
        return {}

    def prepare(self) -> None:
        """Limit choices to the case at hand."""

    def captured(self) -> dict[str, Any]:
        """The `data` of the step, in the shape its effect reads."""
        return {name: self.cleaned_data.get(name) for name in self.row.captures}

    @property
    def role(self) -> str:
        return self.cleaned_data.get("role") or (self.roles[0] if self.roles else "")

    def look_again(self) -> None:
        """After a refusal: carry the present version, so that sending once more is a decision."""
        self.subject.refresh_from_db()
        self.data = self.data.copy()
        self.data["version"] = str(self.subject.version)

    def data_for_step(self) -> dict[str, Any]:
        both = ("reason", "paper_note", "acting_for")
        return self.captured() | {n: self.cleaned_data[n] for n in both if n in self.cleaned_data}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to type, so that leaving the page loses nothing."""
        return not self.visible_fields()

    @property
    def moved(self) -> str:
        """Who moved the record on, where the step is not possible any more; else empty."""
        row = engine.find(table_of(self.subject), self.row.action, stage_of(self.subject))
        return "" if row else moved_on(self.subject)

    def told(self) -> str:
        """What is said when the step was taken."""
        return str(_("Done: %s.") % self.row.label)

    def take(self) -> Event:
        """Take the step as it was filled in. Raises `Refused`."""
        service = cases if isinstance(self.subject, Case) else tasks
        return service.advance(
            self.subject,  # type: ignore[arg-type]
            self.row.action,
            by=self.by,
            role=self.role,
            data=self.data_for_step(),
            version=self.cleaned_data["version"],
        )

    def clean(self):
        cleaned = super().clean()
        for name in ("reason", "opinion"):
            take_usual(cleaned, box=name, choice=f"usual_{name}")
        self.cleaned_data = cleaned
        row = engine.find(table_of(self.subject), self.row.action, stage_of(self.subject))
        ask = asked(self.subject, self.by, self.role, self.data_for_step())
        against = engine.objections(row, ask)
        for rule, reason in against:
            self._object(rule, reason)
        if against:
            self._tell_refused(row)
        if self.moved:
            self.add_error(None, self.moved)
        return cleaned

    def _tell_refused(self, row: Transition | None) -> None:
        """What no words could have made possible was a try, and is told to the auditor."""
        standing = engine.refusals(row, asked(self.subject, self.by, self.role))
        if standing and self.by is not None:
            refused(self.subject, self.row.action, by=self.by, reasons=len(standing))

    def _object(self, rule: str, reason: str) -> None:
        """Put a reason beside its field, unless the field says something already."""
        name = self.beside.get(rule, rule)
        if name not in self.fields:
            self.add_error(None, reason)
        elif name not in self.errors:
            self.add_error(name, reason)

    def usual_texts(self) -> list[tuple[str, str]]:
        whose = "task" if isinstance(self.subject, Task) else "case"
        return usual_texts(whose, self.row.action)

    def _add_reason(self) -> None:
        if not self.row.needs_reason:
            return
        if texts := self.usual_texts():
            self.fields["usual_reason"] = usual_field(
                texts, label=_("usual reasons"), fills="reason"
            )
        self.fields["reason"] = TextField(
            label=_("reason"),
            help_text=_("Needed: in your own words, or one of the usual reasons."),
            widget=text_area(),
            max_length=self.reason_length,
            required=False,
        )

    def _add_role(self) -> None:
        if len(self.roles) > 1:
            labels = dict(Role.choices)
            self.fields["role"] = forms.ChoiceField(
                label=_("acting as"), choices=[(role, labels[role]) for role in self.roles]
            )
        self._add_acting_for()
        if any(role in self.row.proxy_roles for role in self.roles):
            self.fields["paper_note"] = TextField(
                label=_("entered on behalf, from"),
                help_text=_("Which letter, form or call this rests on, and its date."),
                max_length=120,
                required=False,
            )

    def _add_acting_for(self) -> None:
        """Chosen only where a deputy acts for several people, or also in the own right."""
        if self.by is None:
            return
        found = [c for role in self.roles for c in acting_choices(self.by, self.subject, role)]
        people = {person.pk if person else "": person for person in found}
        if len(people) > 1:
            self.fields["acting_for"] = forms.ChoiceField(
                label=_("acting for"),
                choices=[(key, person or _("myself")) for key, person in people.items()],
                required=False,
            )
