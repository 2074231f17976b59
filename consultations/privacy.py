"""Personal data in free text: found before publishing, masked when shown. Leaf."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

GAP = r"[-\s.·—]?"
MOBILE = re.compile(rf"(?<!\d)(?:\+?86{GAP})?1[3-9]\d(?:{GAP}\d{{4}}){{2}}(?!\d)")
LANDLINE = re.compile(rf"(?<!\d)0\d{{2,3}}\)?{GAP}\d{{7,8}}(?!\d)")
CITIZEN_ID = re.compile(
    rf"(?<!\d)[1-9]\d{{5}}{GAP}(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"{GAP}\d{{3}}[\dXx](?![\dA-Za-z])"
)
BANK_CARD = re.compile(rf"(?<!\d)[3-6]\d{{3}}(?:{GAP}\d{{4}}){{3}}(?:{GAP}\d{{1,3}})?(?!\d)")
PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)

PATTERNS = (
    (CITIZEN_ID, _("a citizen id number")),
    (BANK_CARD, _("a bank card number")),
    (MOBILE, _("a mobile number")),
    (LANDLINE, _("a phone number")),
    (PLATE, _("a car plate")),
)

BETWEEN = "\n；\n"  # stands between two texts, so that no number is made of the ends of both


def findings(text: str, *, names: Iterable[str] = ()) -> list[str]:
    """What must not be published: kinds of numbers, and names of residents, found in the text."""
    plain, found = _plain(text), []
    for pattern, label in PATTERNS:  # what one pattern took is gone for the next
        plain, count = pattern.subn(" ", plain)
        found += [str(label)] * bool(count)
    joined = re.sub(r"\s", "", text)
    return found + [name for name in names if len(name) > 1 and name in joined]


def _plain(text: str) -> str:
    """Full-width digits made plain, invisible characters taken out."""
    return re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", unicodedata.normalize("NFKC", text))


def mask_name(name: str) -> str:
    """A resident's name for public eyes: 张三丰 -> 张**."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""
