from django.urls import path

from tests.benchmarks.floor import views

urlpatterns = [
    path("unchanged", views.unchanged),
    path("home", views.home),
    path("list", views.case_list),
    path("search", views.search),
    path("detail", views.detail),
    path("api", views.api),
]
