"""The addresses of everybody's pages."""

from django.urls import path, register_converter

from consultations.public.converters import KeyConverter, RegionConverter
from consultations.public.views import (
    cases,
    files,
    gallery,
    home,
    members,
    pages,
    places,
    propose,
    rate,
    reports,
    supervise,
    units,
)

register_converter(KeyConverter, "key")
register_converter(RegionConverter, "region")

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<key:pk>/", cases.case, name="case"),
    path("cases/<key:pk>/files/<slug:key>/", files.case_file, name="case-file"),
    path("studios/", places.studios, name="studios"),
    path("studios/<slug:code>/", places.studio, name="studio"),
    path("rooms/", places.rooms, name="rooms"),
    path("rooms/<slug:code>/", places.room, name="room"),
    path("members/<key:pk>/", members.member, name="member"),
    path("members/<key:pk>/photo/", members.photo, name="member-photo"),
    path("committees/", places.committees, name="committees"),
    path("committees/<region:code>/", places.committee, name="committee"),
    path("units/", units.units, name="units"),
    path("units/<key:pk>/", units.unit, name="unit"),
    path("campaigns/", places.campaigns, name="campaigns"),
    path("campaigns/<slug:code>/", places.campaign, name="campaign"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/<slug:code>/", reports.report, name="report"),
    path("figures/", reports.figures, name="figures"),
    path("how/", pages.how, name="how"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("corrections/", pages.corrections, name="corrections"),
    path("components/", gallery.gallery, name="components"),
    path("display/", pages.display, name="display"),
    path("propose/", propose.propose, name="propose"),
    path("propose/done/", propose.done, name="propose-done"),
    path("track/", propose.track, name="track"),
    path("r/<slug:token>/", rate.rate, name="rate"),
    path("s/<slug:token>/", supervise.supervise, name="supervise"),
]
