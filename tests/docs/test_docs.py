"""What people read is whole: links lead somewhere, pictures are small, nothing names a machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
PICTURES = sorted(ROOT.glob("docs/img/**/*.png"))
GUIDE = ROOT / "docs" / "staff-guide.md"
LINK = re.compile(r"\]\(([^)\s]+)\)")
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:home|work|root|tmp|Users)/|[A-Z]:\\\\|file://")
MOST_BYTES = 300_000


def links(document: Path) -> list[str]:
    found = LINK.findall(document.read_text(encoding="utf-8"))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def headings(document: Path) -> set[str]:
    """The anchors of a document as repository sites make them of its headings."""
    titles = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_link_and_picture_is_there(document):
    broken = []
    for link in links(document):
        path, _, anchor = link.partition("#")
        target = (document.parent / path) if path else document
        if not target.exists() or (anchor and anchor not in headings(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_no_page_names_a_place_on_a_machine(document):
    assert OF_A_MACHINE.findall(document.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("picture", PICTURES, ids=name_of)
def test_a_picture_is_small_and_shown_by_a_page(picture):
    assert picture.stat().st_size <= MOST_BYTES
    with Image.open(picture) as opened:
        assert opened.width in (390, 1280)
    shown = {(document.parent / link).resolve() for document in PAGES for link in links(document)}
    assert picture.resolve() in shown


def test_the_guide_has_its_pictures_and_every_picture_is_described():
    shown = re.findall(r"!\[(.*?)\]\(([^)]+\.png)\)", GUIDE.read_text(encoding="utf-8"))
    assert len(shown) >= 15
    assert all(len(words) >= 4 for words, _ in shown)


def test_the_guide_speaks_quietly():
    words = GUIDE.read_text(encoding="utf-8")
    assert not re.search(r"！|(?<!\!)!(?!\[)", words)
    assert "你" not in words
