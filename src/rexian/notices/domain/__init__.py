"""What a notice may say, how long it stays up, and for which units it is there."""
