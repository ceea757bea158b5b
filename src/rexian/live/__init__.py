"""Live: the face of browsers' streams, which continue where a page was made.

A page is a snapshot and the id of the newest entry that it knows of; from there its stream tells
what has changed. What can be watched is a topic (``rexian.live.domain.topics``), declared by a face
in its module ``live``.
"""
