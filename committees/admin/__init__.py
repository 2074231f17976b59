"""The reference lists of the staff screens. `consultations.admin` puts them on the site."""

from committees import models
from committees.admin.accounts import RoleGrantAdmin, TryCountAdmin, UserAdmin
from committees.admin.people import HandlingUnitAdmin, MemberAdmin
from committees.admin.places import (
    CommitteeAdmin,
    RegionAdmin,
    RoomAdmin,
    SectorAdmin,
    SpecialCommitteeAdmin,
    StudioAdmin,
)
from committees.admin.rules import ParameterAdmin, ResultClassAdmin
from committees.admin.sources import CitationAdmin, SourceReportAdmin

LISTS = {
    models.Studio: StudioAdmin,
    models.Room: RoomAdmin,
    models.Member: MemberAdmin,
    models.HandlingUnit: HandlingUnitAdmin,
    models.Region: RegionAdmin,
    models.Committee: CommitteeAdmin,
    models.SpecialCommittee: SpecialCommitteeAdmin,
    models.Sector: SectorAdmin,
    models.Parameter: ParameterAdmin,
    models.ResultClass: ResultClassAdmin,
    models.SourceReport: SourceReportAdmin,
    models.Citation: CitationAdmin,
    models.User: UserAdmin,
    models.RoleGrant: RoleGrantAdmin,
    models.TryCount: TryCountAdmin,
}
