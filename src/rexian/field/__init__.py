"""Field: the page for the telephone of whoever was called in, without an account.

It shows one order: what, where, whom to call; and takes what they press, photograph and write.
"""
