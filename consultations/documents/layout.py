"""The page of an official paper 公文 by GB/T 9704-2012: A4, margins 37/35/28/26 mm, 仿宋 16 pt.

Fonts are named, not shipped: the office's own Word or WPS has them.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import IO, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE, HEADING, BODY, NUMBERS = "方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"
TITLE_SIZE, SIZE, NUMBER_SIZE, LINE = Pt(22), Pt(16), Pt(14), Pt(28.95)
TWO_CHARACTERS = 2 * SIZE
LONGEST = 255  # letters of a property of the file


class Paper:
    """One paper, written from top to bottom."""

    def __init__(self, *, title: str) -> None:
        self.document = Document()
        self._page()
        self._about(title)
        self._say(title, font=TITLE, size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
        self.document.add_paragraph()

    def heading(self, text: str) -> None:
        self._say(text, font=HEADING, indent=TWO_CHARACTERS)

    def line(self, text: str) -> None:
        """A paragraph; every line of the text becomes one."""
        for part in text.splitlines() or [""]:
            self._say(part, indent=TWO_CHARACTERS)

    def signed(self, by: str, *, on: dt.date) -> None:
        """Who issues it and when, at the right, four characters from the edge."""
        self.document.add_paragraph()
        for text in (by, f"{on.year}年{on.month}月{on.day}日"):
            self._say(text, align=WD_ALIGN_PARAGRAPH.RIGHT, right=2 * TWO_CHARACTERS)

    def save(self, out: IO[bytes]) -> None:
        self.document.save(out)

    def _say(
        self,
        text: str,
        *,
        font: str = BODY,
        size: int = SIZE,
        align: Any = None,
        indent: int | None = None,
        right: int | None = None,
    ) -> None:
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.alignment, form.first_line_indent, form.right_indent = align, indent, right
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        form.space_before = form.space_after = Pt(0)
        _in_font(paragraph.add_run(printable(text)), font, size)

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in (foot.add_run("— "), _page_number(foot), foot.add_run(" —")):
            _in_font(run, NUMBERS, NUMBER_SIZE)

    def _about(self, title: str) -> None:
        """Nothing of the program and of whoever drew it stays in the file."""
        about = self.document.core_properties
        about.title, about.author, about.comments = printable(title)[:LONGEST], "", ""
        about.last_modified_by, about.language = "", "zh-CN"


def printable(text: str) -> str:
    """Without the control characters that a Word file cannot hold."""
    return "".join(c for c in text if c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cs"))


def _in_font(run: Any, font: str, size: int) -> None:
    run.font.name, run.font.size = font, size
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _page_number(paragraph: Any) -> Any:
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text
        run._element.append(mark)
    return run
