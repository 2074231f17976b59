"""A page as somebody sees it: its words, its links, its forms with what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

from tests.journeys.html import Element, read

ELSEWHERE = ("/logout/", "setlang")  # the little forms in the header
COMPLAINTS = {"wrong", "bad", "field__errors", "cell__error"}


@dataclass
class Form:
    """What a browser would send. `put` changes a control that is really there."""

    action: str
    values: dict[str, list[Any]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def has(self, box: str) -> bool:
        return box in self.values or box in self.choices or box in self.files

    def put(self, box: str, value: Any) -> None:
        """Type into a box, choose from a list, tick (True) or untick (False)."""
        assert self.has(box), f"no box {box}: {sorted({*self.values, *self.choices})}"
        if box in self.files:
            self.values[box] = [value]
        elif isinstance(value, bool):
            self.values[box] = self.choices[box][:1] if value else []
        elif box in self.choices:
            sent = [str(one) for one in (value if isinstance(value, list) else [value])]
            unknown = set(sent) - set(self.choices[box])
            assert not unknown, f"{box} does not offer {unknown}: {self.choices[box]}"
            self.values[box] = sent
        else:
            self.values[box] = [str(value)]

    def data(self, button: str = "") -> dict[str, list[Any]]:
        """The values, with the button that is pressed: its name, or name=value."""
        sent = {name: value for name, value in self.values.items() if value}
        if not button:
            return sent
        name, _, value = button.partition("=")
        found = [b for b in self.buttons if b[0] == name and (not value or b[1] == value)]
        assert found, f"no button {button}: {self.buttons}"
        return sent | {found[0][0]: [found[0][1]]}


class Page:
    """One answer of the server, read."""

    def __init__(self, response: HttpResponse):
        self.status = response.status_code
        self.path = response.request["PATH_INFO"]
        is_html = response.get("Content-Type", "").startswith("text/html")
        self.root = read(response.content.decode()) if is_html else Element("document")
        self.text = self.root.words
        self.links = [e.attributes["href"] for e in self.root if "href" in e.attributes]
        self.forms = [_form(e) for e in self.root if e.name == "form"]

    def form(self, box: str = "") -> Form:
        """The form that has this box; without one the first that is not part of the header."""
        own = [f for f in self.forms if not any(part in f.action for part in ELSEWHERE)]
        fits = [f for f in own if not box or f.has(box)]
        assert fits, f"no form with {box!r} on {self.path}: {self.text[:400]}"
        return fits[0]

    def has_link(self, ending: str) -> bool:
        return any(link.split("#")[0].endswith(ending) for link in self.links)

    def link_to(self, ending: str) -> str:
        found = [link for link in self.links if link.split("#")[0].endswith(ending)]
        assert found, f"no link to {ending} on {self.path}: {self.text[:800]}"
        return found[0]

    def error_of(self, box: str) -> str:
        """The message that stands beside a box; empty when there is none."""
        for element in self.root:
            if element.attributes.get("id") in (f"id_{box}_error", f"id_{box}-error"):
                return element.words
        cells = [e for e in self.root if any("cell" in name for name in e.classes)]
        for cell in reversed(cells):
            if any(e.attributes.get("name") == box for e in cell):
                return " ".join(e.words for e in cell if "cell__error" in e.classes)
        return ""

    @property
    def complaints(self) -> str:
        """Every message about what was sent, wherever it stands."""
        return " ".join(e.words for e in self.root if COMPLAINTS & e.classes)

    def typed(self, box: str) -> str:
        """What stands in a box now."""
        return "".join(str(value) for value in self.form(box).values.get(box, []))


def _form(root: Element) -> Form:
    form = Form(root.attributes.get("action", ""))
    for element in root:
        name = element.attributes.get("name", "")
        if name and "disabled" not in element.attributes:
            _control(form, name, element)
    return form


def _control(form: Form, name: str, element: Element) -> None:
    said = element.attributes
    if element.name == "textarea":
        form.values[name] = [element.raw.removeprefix("\n")]
    elif element.name == "button":
        form.buttons.append((name, said.get("value", "")))
    elif element.name == "select":
        options = [e for e in element if e.name == "option"]
        form.choices[name] = [_value(option) for option in options]
        chosen = [_value(option) for option in options if "selected" in option.attributes]
        form.values[name] = chosen or form.choices[name][:1]
    elif element.name == "input":
        _input(form, name, said)


def _input(form: Form, name: str, said: dict[str, str]) -> None:
    kind = said.get("type", "text")
    if kind == "submit":
        form.buttons.append((name, said.get("value", "")))
    elif kind == "file":
        form.files.add(name)
    elif kind in ("checkbox", "radio"):
        form.choices.setdefault(name, []).append(said.get("value", "on"))
        if "checked" in said:
            form.values.setdefault(name, []).append(said.get("value", "on"))
    else:
        form.values.setdefault(name, []).append(said.get("value", ""))


def _value(option: Element) -> str:
    return option.attributes.get("value", option.words)
