"""Standards: an organisation's book of service as data, and the evaluator that judges by it.

A *standard* is a pack compiled; a *pack* is a folder of YAML that extends others and takes
parameters. ``domain`` loads and judges, ``queries`` tells the faces what a standard holds.
"""
