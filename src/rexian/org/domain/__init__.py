"""Roles, rights and the rules of a tree of units."""
