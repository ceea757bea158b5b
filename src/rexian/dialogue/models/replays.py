"""Tables of replays: what another version of a standard would have said of a period."""

from __future__ import annotations

from django.db import models


class Replay(models.Model):
    """Conversations of a period, judged by the version that judged them and by another.

    The other is ``version``, or revision ``revision`` of draft ``draft``; ``standard`` is the name
    of both. ``since`` is the first day, ``until`` the last. ``contact`` and ``row`` are the last
    contact and the last conversation of a batch that are done, ``position`` how many are, of
    ``total``. ``failed`` could not be judged. ``tally`` counts by clause how often a verdict became
    which other; ``scores`` sums both scores over the conversations that have both.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    title = models.JSONField(default=dict)
    version = models.ForeignKey(
        "standard.Version", on_delete=models.CASCADE, null=True, related_name="+"
    )
    draft = models.BigIntegerField(null=True)
    revision = models.PositiveIntegerField(null=True)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10)
    job = models.BigIntegerField(null=True)
    started_by = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(null=True)
    position = models.PositiveIntegerField(default=0)
    contact = models.BigIntegerField(default=0)
    row = models.BigIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    tally = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)

    class Meta:
        """Replays are listed by what they tried, the latest first."""

        db_table = "dialogue_replay"
        indexes = [
            models.Index(fields=["organisation", "draft", "-id"], name="dialogue_replay_draft"),
            models.Index(fields=["organisation", "-id"], name="dialogue_replay_latest"),
        ]


class ReplayedConversation(models.Model):
    """A conversation of which the other version says something else.

    It is ``contact``, or the conversation at ``position`` of ``batch``. ``moved`` is by how much
    the score differs, either way. ``clauses`` holds ``" CC-1 "`` for each clause that differs;
    ``changes`` are ``domain.replays.Change`` as plain lists.
    """

    replay = models.ForeignKey(Replay, on_delete=models.CASCADE, related_name="conversations")
    contact = models.BigIntegerField(null=True)
    batch = models.BigIntegerField(null=True)
    position = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=200)
    before = models.FloatField(null=True)
    after = models.FloatField(null=True)
    moved = models.FloatField(default=0)
    clauses = models.TextField()
    changes = models.JSONField()

    class Meta:
        """Those whose score moves most come first."""

        db_table = "dialogue_replayed"
        indexes = [
            models.Index(fields=["replay", "-moved", "id"], name="dialogue_replayed_most"),
        ]
