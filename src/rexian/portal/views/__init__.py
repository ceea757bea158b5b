"""One module a page: what customers can look at, and what they can do there."""
