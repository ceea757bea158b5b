"""The rights that contacts ask for."""

from __future__ import annotations

SERVE = "contacts.serve"
"""Be ready, take contacts, and work on one's own."""

WATCH = "contacts.watch"
"""See who is ready and what goes on, and read along."""

INTERVENE = "contacts.intervene"
"""Whisper to an agent, and take a contact over."""

MANAGE = "contacts.manage"
"""Set up hotlines and queues, and who serves them."""
