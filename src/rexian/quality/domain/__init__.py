"""Rules of quality: how a sample is drawn, what is answered, how agreement is reckoned."""
