"""Who sees what from where, written by hand from the rules; nothing here asks the code.

Sources: the places and levels (a prefecture and the province see what is below them, a county its
own region, a studio, a unit and a member their own; nobody sees sideways), the stages (a sensitive
or restricted matter goes up as a number only; restricted is hidden from units at once), and the
table of roles and permissions. `EXPLAINED` lists where the product is deliberately narrower or
wider than that table, with the reason.
"""

from __future__ import annotations

OFFICE, LEADER, DISPATCH = "county_office", "leader", "dispatch_office"
PREFECTURE, PROVINCE = "prefecture_office", "province_office"
DIRECTOR, LIAISON, MEMBER = "studio_director", "liaison", "member"
PARTY, VILLAGE = "party_approver", "village_clerk"
OFFICER, UNIT_LEADER = "unit_officer", "unit_leader"
SYSTEM, SECURITY, AUDIT = "system_admin", "security_admin", "audit_admin"
NOBODY, ANONYMOUS = "nobody", "anonymous"

ABOVE = (PREFECTURE, PROVINCE)
UNITS = (OFFICER, UNIT_LEADER)
# Those who see the whole of a record that they see at all.
INSIDE = (OFFICE, LEADER, DISPATCH, *ABOVE, DIRECTOR, LIAISON, MEMBER, PARTY, VILLAGE)
BUSINESS = (*INSIDE, *UNITS)
ADMINS = (SYSTEM, SECURITY, AUDIT)
ROLES = (*BUSINESS, *ADMINS)
SIGNED_IN = (*ROLES, NOBODY)
EVERYBODY = (*SIGNED_IN, ANONYMOUS)

# --- matters: the names of world.MATTERS ---------------------------------------------------------

OWN = ("own_proposed", "own_scheduled", "own_compiling", "own_handling", "own_published", "own_sensitive",
       "own_restricted")  # fmt: skip
PLAIN = ("own_proposed", "own_scheduled", "own_compiling", "own_handling", "own_published")
TOWNSHIP = (*OWN, "neighbour_village")
COUNTY = (*TOWNSHIP, "sibling_township", "own_county")
BELOW_PREFECTURE = (*PLAIN, "neighbour_village", "sibling_township", "own_county",
                    "sibling_county", "sibling_county_public", "own_prefecture")  # fmt: skip
BELOW_PROVINCE = (*BELOW_PREFECTURE, "sibling_prefecture", "own_province")
# Handed over to the unit in question, and not restricted.
HANDED_OVER = ("own_handling", "own_published", "own_sensitive", "neighbour_village")

SEES_CASE: dict[str, tuple[str, ...]] = {
    OFFICE: COUNTY, LEADER: COUNTY, DISPATCH: COUNTY,
    PREFECTURE: BELOW_PREFECTURE, PROVINCE: BELOW_PROVINCE,
    PARTY: TOWNSHIP, DIRECTOR: TOWNSHIP, LIAISON: TOWNSHIP, MEMBER: TOWNSHIP,
    VILLAGE: OWN,
    OFFICER: HANDED_OVER, UNIT_LEADER: HANDED_OVER,
}  # fmt: skip
# The task of the unit in question, of each matter that has one: who sees the case, sees it.
SEES_TASK = SEES_CASE
# The task of another unit in the same matter: no unit sees it.
SEES_OTHER_TASK = {role: seen for role, seen in SEES_CASE.items() if role not in UNITS}
# The residents' inbox is screened by the office for its county, by a studio for its township.
SEES_SUGGESTION = {OFFICE: COUNTY, DIRECTOR: TOWNSHIP, LIAISON: TOWNSHIP}
# What somebody signed in may do without is what everybody may: the public page of a matter.
SEES_IN_PUBLIC = dict.fromkeys(EVERYBODY, ("own_published", "sibling_county_public"))

# --- lists: the names of world.SEATS -------------------------------------------------------------

PREFECTURE_SEATS = ("own_county", "sibling_county", "own_prefecture")
PROVINCE_SEATS = (*PREFECTURE_SEATS, "sibling_prefecture", "own_province")
EVERY_SEAT = (*PROVINCE_SEATS, "other_province")
# From a county, a township, a studio: the lists of the county.
SEES_SEAT: dict[str, tuple[str, ...]] = dict.fromkeys(ROLES, ("own_county",)) | {
    PREFECTURE: PREFECTURE_SEATS, PROVINCE: PROVINCE_SEATS,
}  # fmt: skip

VISIBLE: dict[str, dict[str, tuple[str, ...]]] = {
    "case": SEES_CASE, "task": SEES_TASK, "other_task": SEES_OTHER_TASK,
    "suggestion": SEES_SUGGESTION, "public": SEES_IN_PUBLIC, "seat": SEES_SEAT,
    "urging": SEES_TASK, "meeting": SEES_CASE, "contact": {MEMBER: ("own",)}, "notice": {OFFICE: ("own",)},
    # Who works or sits in a studio keeps its papers; who has a public page is seen by everybody.
    "my_studio": dict.fromkeys((DIRECTOR, LIAISON, MEMBER), ("own_county",)),
    "my_activity": dict.fromkeys((DIRECTOR, LIAISON), ("own_county",)),
    "public_member": dict.fromkeys(EVERYBODY, ("own_county",)),
    # The directory of units is public, of every place.
    "public_unit": dict.fromkeys(EVERYBODY, EVERY_SEAT),
}  # fmt: skip


def sees(who: str, kind: str, subject: str) -> bool:
    """`kind` is a key of `VISIBLE`; what is of the whole site (`subject` empty) all may see."""
    return not subject or subject in VISIBLE[kind].get(who, ())


EXPLAINED = {
    "dispatch office reads all matters of its county, not only those handed over": "returns, extensions and urging need the way that led to a task; it writes none of it",
    "unit officer and leader do not read meetings, notes, visits or files": "they see what was agreed and their own tasks; what they need is in the task",
    "member, village, Party committee and units see no list of organisations in the staff site": "the public pages show the same organisations to everybody",
    "the system administrator keeps lists of places and words": "somebody has to where an office has no account yet; no matter is shown to him",
    "regions, sectors, fields, reports and figures of reports are of the whole site": "they are public pages or the words of a form, and name no matter",
}
