"""Journal: what happened, append-only. Audit trail, outbox, live stream and source of durations."""
