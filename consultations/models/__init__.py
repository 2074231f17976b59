from consultations.models.advice import Advice, Conversion
from consultations.models.agreements import AssistingOpinion, Conference, FirstContact, Settlement
from consultations.models.approvals import Approval, Filing, NumberSeries
from consultations.models.attachments import Attachment
from consultations.models.calendar_feeds import CalendarFeed
from consultations.models.campaigns import Campaign, CampaignTarget
from consultations.models.cases import Case, Sensitivity
from consultations.models.deliveries import Delivery
from consultations.models.events import Event, SilentLine
from consultations.models.followups import FollowUp, Instruction, Verification
from consultations.models.guides import GuidePutAway
from consultations.models.handling import (
    ExtensionRequest,
    Outlook,
    ProgressEntry,
    Reply,
    ReturnRequest,
    Suspension,
)
from consultations.models.handovers import Handover, HandoverLetter
from consultations.models.home import HomeBlock
from consultations.models.items import AgreedItem, Commitment, ItemState, Milestone, Route
from consultations.models.key_supervision import KeySupervision
from consultations.models.links import CaseLink, CoHost
from consultations.models.loaded_files import LoadedFile
from consultations.models.look_backs import LookBack
from consultations.models.meetings import (
    AgendaItem,
    Capacity,
    MediaReport,
    Meeting,
    MeetingAnswer,
    Participant,
    Statement,
)
from consultations.models.notices import Notice, NoticeChoice
from consultations.models.outcomes import Exactness, FundLine, OutcomeMetric
from consultations.models.ratings import Rating, RatingAsked, RatingCode
from consultations.models.remits import Remit
from consultations.models.reports import ReportedFigure
from consultations.models.saved_views import SavedView
from consultations.models.search import SearchDoc
from consultations.models.suggestions import Suggestion
from consultations.models.supervisor_links import SupervisorLink
from consultations.models.tasks import Task
from consultations.models.topics import FieldVisit, Side, TopicField, TopicSource
from consultations.models.urging import Overdue, Urging
from consultations.models.wording import JobRun, Note, ReasonText, StageName

__all__ = [
    "Advice",
    "AgendaItem",
    "AgreedItem",
    "Approval",
    "AssistingOpinion",
    "Attachment",
    "CalendarFeed",
    "Campaign",
    "CampaignTarget",
    "Capacity",
    "Case",
    "CaseLink",
    "CoHost",
    "Commitment",
    "Conference",
    "Conversion",
    "Delivery",
    "Event",
    "Exactness",
    "ExtensionRequest",
    "FieldVisit",
    "Filing",
    "FirstContact",
    "FollowUp",
    "FundLine",
    "GuidePutAway",
    "Handover",
    "HandoverLetter",
    "HomeBlock",
    "Instruction",
    "ItemState",
    "JobRun",
    "KeySupervision",
    "LoadedFile",
    "LookBack",
    "MediaReport",
    "Meeting",
    "MeetingAnswer",
    "Milestone",
    "Note",
    "Notice",
    "NoticeChoice",
    "NumberSeries",
    "OutcomeMetric",
    "Outlook",
    "Overdue",
    "Participant",
    "ProgressEntry",
    "Rating",
    "RatingAsked",
    "RatingCode",
    "ReasonText",
    "Remit",
    "Reply",
    "ReportedFigure",
    "ReturnRequest",
    "Route",
    "SavedView",
    "SearchDoc",
    "Sensitivity",
    "Settlement",
    "Side",
    "SilentLine",
    "StageName",
    "Statement",
    "Suggestion",
    "SupervisorLink",
    "Suspension",
    "Task",
    "TopicField",
    "TopicSource",
    "Urging",
    "Verification",
]
