"""Readers of files in the forms that transcripts come in, and the processes that share the work."""
