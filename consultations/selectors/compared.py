"""Two texts beside each other, cut where they differ."""

from __future__ import annotations

from difflib import SequenceMatcher

LONGEST = 1500  # characters of each; what is longer is marked as a whole

Piece = tuple[bool, str]  # whether it stands on this side alone, and the text


def pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; what stands on one side alone is marked."""
    if old == new:
        return [(False, old)], [(False, new)]
    if max(len(old), len(new)) > LONGEST:
        return [(True, old)], [(True, new)]
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        alone = kind != "equal"
        if b > a:
            left.append((alone, old[a:b]))
        if d > c:
            right.append((alone, new[c:d]))
    return left, right
