"""A module a noun: what machines may read and send."""
