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
from committees.admin.rules import EmptyPhraseAdmin, ParameterAdmin, ResultClassAdmin
from committees.admin.sources import CitationAdmin, SourceReportAdmin
from committees.admin.studio_life import (
    ChecklistAdmin,
    ChecklistMarkAdmin,
    DutySchemeAdmin,
    MemberGroupAdmin,
    StudioPlanAdmin,
)

LISTS = {
    models.Studio: StudioAdmin,
    models.Room: RoomAdmin,
    models.Member: MemberAdmin,
    models.MemberGroup: MemberGroupAdmin,
    models.StudioPlan: StudioPlanAdmin,
    models.Checklist: ChecklistAdmin,
    models.ChecklistMark: ChecklistMarkAdmin,
    models.DutyScheme: DutySchemeAdmin,
    models.HandlingUnit: HandlingUnitAdmin,
    models.Region: RegionAdmin,
    models.Committee: CommitteeAdmin,
    models.SpecialCommittee: SpecialCommitteeAdmin,
    models.Sector: SectorAdmin,
    models.Parameter: ParameterAdmin,
    models.ResultClass: ResultClassAdmin,
    models.EmptyPhrase: EmptyPhraseAdmin,
    models.SourceReport: SourceReportAdmin,
    models.Citation: CitationAdmin,
    models.User: UserAdmin,
    models.RoleGrant: RoleGrantAdmin,
    models.TryCount: TryCountAdmin,
}
