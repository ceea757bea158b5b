"""What one can do with samples: draw one, listen to its contacts, close it."""
