"""Contacts: each interaction with a customer, on any channel, from its arrival to its record.

A *hotline* is how customers reach an organisation; a *queue* orders who waits for one skill; an
*offer* asks one agent to take a contact. What is said and what happens are the *lines* of its
transcript, in one sequence. *Presence* is a lease: whoever's desk falls silent is no longer there.
"""
