"""The staff screens. Cases, tasks and suggestions first, then the reference lists."""

from django_tasks_db.models import DBTaskResult

from committees.admin import LISTS
from committees.models import AuditEntry, HandlingUnit, Parameter, StudioActivity
from consultations import models
from consultations.admin import home, references
from consultations.admin.audit_log import AuditEntryAdmin
from consultations.admin.cases import CaseAdmin
from consultations.admin.deliveries import DeliveryAdmin
from consultations.admin.desk import desk
from consultations.admin.jobs import JobRunAdmin, QueuedJobAdmin
from consultations.admin.local_rules import LocalRuleAdmin
from consultations.admin.remits import UnitWithRemitsAdmin
from consultations.admin.routes import PAGES, ROUTES
from consultations.admin.site import StaffAdminSite, site
from consultations.admin.studio_life import StudioActivityAdmin
from consultations.admin.suggestions import SuggestionAdmin
from consultations.admin.tasks import TaskAdmin
from consultations.admin.trail import EventAdmin
from consultations.admin.urging import UrgingAdmin

__all__ = ["StaffAdminSite", "site"]

site.routes = ROUTES
site.pages = PAGES
site.desk = desk

for model, admin_class in {
    models.Case: CaseAdmin,
    models.Task: TaskAdmin,
    models.Suggestion: SuggestionAdmin,
    models.Urging: UrgingAdmin,
    models.Campaign: references.CampaignAdmin,
    models.Advice: references.AdviceAdmin,
    models.Instruction: references.InstructionAdmin,
    models.TopicField: references.TopicFieldAdmin,
    models.ReasonText: references.ReasonTextAdmin,
    models.StageName: references.StageNameAdmin,
    models.HomeBlock: home.HomeBlockAdmin,
    models.ReportedFigure: references.ReportedFigureAdmin,
    StudioActivity: StudioActivityAdmin,
    models.JobRun: JobRunAdmin,
    models.Delivery: DeliveryAdmin,
    DBTaskResult: QueuedJobAdmin,
    models.Event: EventAdmin,
    AuditEntry: AuditEntryAdmin,
    **LISTS,
    Parameter: LocalRuleAdmin,
    HandlingUnit: UnitWithRemitsAdmin,
}.items():
    site.register(model, admin_class)
