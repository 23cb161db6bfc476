"""Articles to metrics: spans are claimed, quantities recognised, and then each is told what it is about."""
