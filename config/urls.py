"""Every address of the site."""

from django.urls import include, path

from config import health
from consultations.admin.site import site

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("committees.signin.urls")),
    path("admin/", site.urls),
    path("my/", include("consultations.portal.urls")),
    path("api/", include("consultations.api.urls")),
    path("", include("consultations.public.urls")),
]
