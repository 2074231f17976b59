"""What is put on record of a case without moving it: follow-ups, promises, items settled, ratings.

A third table beside those of cases and tasks, read in the same way; its subject is the case.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from committees.models import Role
from consultations.workflow import entry_guards as must
from consultations.workflow.cases import Stage as S
from consultations.workflow.engine import Table
from consultations.workflow.engine import Transition as Row

RECORDERS = (
    Role.COUNTY_OFFICE,
    Role.STUDIO_DIRECTOR,
    Role.LIAISON,
    Role.MEMBER,
    Role.VILLAGE_CLERK,
)
# Those above the county look too, and may say what they found.
INSPECTORS = (*RECORDERS, Role.PREFECTURE_OFFICE, Role.PROVINCE_OFFICE)
# From the reading back of what was agreed until the end.
AGREED = (S.DELIBERATED, S.PARTY_REVIEW, S.FILING, S.HANDLING, S.SUPERVISION, S.RATING)
HANDED_OVER = (S.HANDLING, S.SUPERVISION, S.RATING, S.CLOSED)

# fmt: off
ENTRIES: Table = (
    Row("follow_up", _("Record a follow-up"), HANDED_OVER, (), INSPECTORS,
        (must.be_of_this_case, must.be_over,)),
    Row("check_commitment", _("Check a promise"), AGREED, (), RECORDERS,
        (must.promise_is_open, must.say_what_became_of_it)),
    Row("settle", _("Settle an item on the spot"), AGREED, (), RECORDERS,
        (must.be_for_the_spot,)),
    Row("look_again", _("Look back at what was closed"), (S.CLOSED,), (), (Role.COUNTY_OFFICE,),
        (must.say_whether_it_holds,)),
    Row("rate", _("Enter ratings"), (S.RATING,), (), RECORDERS, (must.not_be_of_handling_unit,)),
)
# fmt: on
