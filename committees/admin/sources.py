"""The reports and the places in them: facts are taken from them, nobody edits them here."""

from committees.admin.access import ReadOnly
from committees.admin.places import EVERYBODY


class SourceReportAdmin(ReadOnly):
    seen_by = EVERYBODY
    list_display = ["title", "authors", "publisher", "published_on"]
    search_fields = ["title", "authors"]
    ordering = ["-published_on", "code"]


class CitationAdmin(ReadOnly):
    seen_by = EVERYBODY
    list_display = ["report", "anchor", "note"]
    list_select_related = ["report"]
    search_fields = ["anchor", "note"]
    ordering = ["report", "pk"]
