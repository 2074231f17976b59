from committees.models.accounts import Role, RoleGrant, User
from committees.models.activation import Activation
from committees.models.audit import AuditEntry, AuditSeal
from committees.models.checklists import Checklist, ChecklistLine, ChecklistMark
from committees.models.committees import Committee, Sector, SpecialCommittee
from committees.models.duty import DutyKind, DutyRule, DutyScheme, SectorContact
from committees.models.groups import GroupMembership, MemberGroup
from committees.models.imports import PeopleImport
from committees.models.mail import MailAddress
from committees.models.members import Member, Seat
from committees.models.parameters import EmptyPhrase, Parameter, ResultClass, ResultMeaning
from committees.models.regions import Region
from committees.models.sent_forms import SentForm
from committees.models.signin import TryCount, UsedPassword
from committees.models.sources import Citation, Origin, SourceReport
from committees.models.studio_life import StudioActivity, StudioPlan
from committees.models.studios import Room, Studio, StudioSeat
from committees.models.units import HandlingUnit, RemitLevel, UnitContact
from committees.models.work_calendar import WorkCalendarDay, WorkCalendarYear

__all__ = [
    "Activation",
    "AuditEntry",
    "AuditSeal",
    "Checklist",
    "ChecklistLine",
    "ChecklistMark",
    "Citation",
    "Committee",
    "DutyKind",
    "DutyRule",
    "DutyScheme",
    "EmptyPhrase",
    "GroupMembership",
    "HandlingUnit",
    "MailAddress",
    "Member",
    "MemberGroup",
    "Origin",
    "Parameter",
    "PeopleImport",
    "Region",
    "RemitLevel",
    "ResultClass",
    "ResultMeaning",
    "Role",
    "RoleGrant",
    "Room",
    "Seat",
    "Sector",
    "SectorContact",
    "SentForm",
    "SourceReport",
    "SpecialCommittee",
    "Studio",
    "StudioActivity",
    "StudioPlan",
    "StudioSeat",
    "TryCount",
    "UnitContact",
    "UsedPassword",
    "User",
    "WorkCalendarDay",
    "WorkCalendarYear",
]
