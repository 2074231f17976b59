"""The addresses of `/my/`: what members, units, approvers and village clerks work with."""

from django.urls import path

from consultations.portal.views import duty, home, records, steps

app_name = "my"
urlpatterns = [
    path("", home.home, name="home"),
    path("duty/", duty.duty, name="duty"),
    path("contacts/", duty.contacts, name="contacts"),
    path("contacts/<int:pk>/back/", duty.contact_back, name="contact_back"),
    path("cases/<int:pk>/", records.case, name="case"),
    path("cases/<int:pk>/<slug:action>/", steps.case_step, name="case_step"),
    path("tasks/<int:pk>/", records.task, name="task"),
    path("tasks/<int:pk>/<slug:action>/", steps.task_step, name="task_step"),
]
