"""Knowledge: what agents have at hand while they answer.

A *phrase* is wording with a shortcut: one's own, or a team's, which is shared with a unit and all
below it by whoever leads there. It is inserted by ``/shortcut``, and never sent by itself.
"""
