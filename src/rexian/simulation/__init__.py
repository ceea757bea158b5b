"""Simulated callers and agents: a hotline that is alive, for the demonstration and for trials.

They use the public doors over HTTP, the portal and the desk, as everybody does, and know nothing of
what lies behind them; a person can take over any side at any time.
"""
