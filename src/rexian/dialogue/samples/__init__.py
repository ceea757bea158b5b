"""Conversations that ship with the product, to try it on."""
