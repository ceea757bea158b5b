"""Conversations: transcripts read from files, and what a standard says of them.

A *transcript* is what was said on a contact, turn by turn; a *conversation* here is a transcript
with its facts, its signals and, where a person has judged it, its labels. An *inspection* is the
judgement of one conversation by one standard.
"""
