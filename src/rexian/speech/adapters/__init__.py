"""Readers of sound files, recognition engines and stores: whatever speech meets outside."""
