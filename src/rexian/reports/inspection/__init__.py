"""Inspections as people and machines want them: ``jsonl``, ``json``, ``table``, ``xlsx``, ``html``.

Each module is entered by ``write(inspected, target, *, language, standards, truth, problems)``.
``inspected`` may be a generator. ``problems`` and ``truth`` are read only once it is exhausted, so
that a list being filled while the conversations are read is seen whole.
"""
