"""Places: where something is, as a caller says it and as a crew finds it.

An organisation keeps a list of its *roads* and of the *points* on them (toll stations, service
areas, interchanges, tunnels, bridges), each at its *stake* (桩号). What somebody says in words is
read into a *place* and checked against that list; what is doubtful is said, and nothing is refused:
in an emergency the words are kept whatever they are.
"""
