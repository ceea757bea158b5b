"""Which face answers under which address."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("rexian.account.urls")),
    path("", include("rexian.console.urls")),
]

handler400 = "rexian.site.failures.bad_request"
handler403 = "rexian.site.failures.forbidden"
handler404 = "rexian.site.failures.not_found"
handler500 = "rexian.site.failures.broken"
