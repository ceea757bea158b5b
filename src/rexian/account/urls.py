"""Addresses of signing in and of one's own settings."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "account"
urlpatterns: list[URLPattern] = []
