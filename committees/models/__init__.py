from committees.models.accounts import Role, RoleGrant, User
from committees.models.activation import Activation
from committees.models.audit import AuditEntry, AuditSeal
from committees.models.committees import Committee, Sector, SpecialCommittee
from committees.models.members import Member, Seat
from committees.models.parameters import Parameter, ResultClass, ResultMeaning
from committees.models.regions import Region
from committees.models.signin import TryCount, UsedPassword
from committees.models.sources import Citation, Origin, SourceReport
from committees.models.studios import Room, Studio, StudioSeat
from committees.models.units import HandlingUnit, UnitContact

__all__ = [
    "Activation",
    "AuditEntry",
    "AuditSeal",
    "Citation",
    "Committee",
    "HandlingUnit",
    "Member",
    "Origin",
    "Parameter",
    "Region",
    "ResultClass",
    "ResultMeaning",
    "Role",
    "RoleGrant",
    "Room",
    "Seat",
    "Sector",
    "SourceReport",
    "SpecialCommittee",
    "Studio",
    "StudioSeat",
    "TryCount",
    "UnitContact",
    "UsedPassword",
    "User",
]
