"""The read interface: the same cases and units as the pages, for machines."""

from django.urls import path

from consultations.api import views

app_name = "api"
urlpatterns = [
    path("cases/", views.CaseList.as_view(), name="cases"),
    path("cases/<int:pk>/", views.CaseDetail.as_view(), name="case"),
    path("units/", views.UnitList.as_view(), name="units"),
]
