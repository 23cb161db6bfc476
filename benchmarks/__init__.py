"""How fast cleaning and extraction are, how they grow, and what the peers find: `make bench`."""
