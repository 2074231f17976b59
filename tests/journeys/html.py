"""Markup read into a tree, exactly as sent, with an error where it is not well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# Drawn elements that close themselves, and text that nobody reads.
DRAWN = {"circle", "path", "rect", "line", "ellipse", "polygon", "polyline", "use", "stop"}
SILENT = {"script", "style", "template", "datalist", "title"}
BLOCK = {"p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "dt", "dd", "option", "label"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """Itself and everything below it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def raw(self) -> str:
        """The text inside, letter by letter."""
        return "".join(c if isinstance(c, str) else c.raw for c in self.children)

    @property
    def words(self) -> str:
        """What can be read, with single spaces."""
        return re.sub(r"\s+", " ", self._spoken()).strip()

    def _spoken(self) -> str:
        parts = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif child.name not in SILENT:
                gap = " " if child.name in BLOCK else ""
                parts.append(f"{gap}{child._spoken()}{gap}")
        return "".join(parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if self.open[-1].name != tag:
            raise AssertionError(f"</{tag}> closes <{self.open[-1].name}> at {self.getpos()}")
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    left = [element.name for element in reader.open[1:]]
    assert not left, f"never closed: {left}"
    return reader.root
