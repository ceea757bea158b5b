"""What one can read of samples: how far they are, and how far machine and people agree."""
