"""Phone and id numbers as people write them: read where they are asked for, found where not. Leaf."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

GAP = r"[-\s.·—]?"
MOBILE = re.compile(rf"(?<!\d)(?:\+?86{GAP})?1[3-9]\d(?:{GAP}\d{{4}}){{2}}(?!\d)")
LANDLINE = re.compile(rf"(?<!\d)0\d{{2,3}}\)?{GAP}\d{{7,8}}(?!\d)")
CITIZEN_ID = re.compile(
    rf"(?<!\d)[1-9]\d{{5}}{GAP}(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"{GAP}\d{{3}}[\dXx](?![\dA-Za-z])"
)
# What gives one person away wherever it stands; an office's own line does not.
PERSONAL = ((CITIZEN_ID, _("a citizen id number")), (MOBILE, _("a mobile number")))
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def plain(text: str) -> str:
    """Full-width digits made plain, invisible characters taken out."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def personal_in(text: str) -> list[str]:
    """The kinds of personal numbers found in free text."""
    rest, found = plain(text), []
    for pattern, label in PERSONAL:  # what one pattern took is gone for the next
        rest, count = pattern.subn(" ", rest)
        found += [str(label)] * bool(count)
    return found


def without_numbers(text: str) -> None:
    """For free text: what is sealed elsewhere must not stand here in clear."""
    if found := personal_in(text):
        raise ValidationError(
            _("This holds %(what)s. Please take it out: nobody needs it here."),
            params={"what": "、".join(found)},
            code="personal_number",
        )


def read_mobile(text: str) -> str:
    """13812345678, as somebody may write it: with gaps, full-width, with +86."""
    digits = re.sub(r"[-\s.·—()]", "", plain(text)).removeprefix("+")
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    if not re.fullmatch(r"1[3-9]\d{9}", digits):
        raise ValidationError(
            _("A mobile number has eleven digits and begins with 13 to 19."), code="no_mobile"
        )
    return digits
