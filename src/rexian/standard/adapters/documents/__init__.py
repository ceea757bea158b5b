"""Readers of written standards: plain text, Word and PDF become blocks with their places."""
