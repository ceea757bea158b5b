"""Account: the face of one's own sign-in, person and settings."""
