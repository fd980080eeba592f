"""A class lives through virtual days while everything around it fails, again and again; then the tables are counted."""
