"""Why somebody is called, how a call can end, and what follows from it."""
