"""Personal data in free text: found before publishing, masked when shown. Leaf."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from committees.numbers import CITIZEN_ID, GAP, LANDLINE, MOBILE
from committees.numbers import plain as _plain

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


def mask_name(name: str) -> str:
    """A resident's name for public eyes: 张三丰 -> 张**."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""
