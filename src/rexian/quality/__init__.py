"""Quality: people listen to a sample, blind, and so it is known how far the machine agrees."""
