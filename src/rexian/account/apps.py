"""The face as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """The face ``account``: no tables of its own."""

    name = "rexian.account"
    label = "account"
