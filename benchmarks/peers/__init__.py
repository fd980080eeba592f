"""Other bots that do the least one can do, for comparison: each is a program of its own."""
