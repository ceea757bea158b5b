"""The rules of cases: who may move one where, what a move asks for, and when it is due."""
