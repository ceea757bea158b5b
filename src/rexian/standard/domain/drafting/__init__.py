"""A written service standard read into a draft pack: its clauses, wordings, figures, and doubts.

Everything here is a function of the blocks of a document; whoever reads files is an adapter.
"""
