"""Addresses of the interface for machines."""

from __future__ import annotations

from django.urls import path

from rexian.rest.api import api

urlpatterns = [path("v1/", api.urls)]
