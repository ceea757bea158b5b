"""Which face answers under which address."""

from __future__ import annotations

from django.urls import include, path

from rexian.site import health, metrics

_health = [path("live", health.live, name="live"), path("ready", health.ready, name="ready")]

urlpatterns = [
    path("health/", include((_health, "health"))),
    path("metrics", metrics.metrics, name="metrics"),
    path("api/", include("rexian.rest.urls")),
    path("account/", include("rexian.account.urls")),
    path("desk/", include("rexian.desk.urls")),
    path("field/", include("rexian.field.urls")),
    path("", include("rexian.portal.urls")),
    path("", include("rexian.console.urls")),
]

handler400 = "rexian.site.failures.bad_request"
handler403 = "rexian.site.failures.forbidden"
handler404 = "rexian.site.failures.not_found"
handler500 = "rexian.site.failures.broken"
