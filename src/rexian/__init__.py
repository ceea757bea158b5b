"""Rexian (热线): a public hotline run by its written service standard."""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("rexian")
