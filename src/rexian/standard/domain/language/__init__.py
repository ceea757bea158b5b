"""Reading Chinese: phrases found in one pass, resolved into the acts of an utterance."""
