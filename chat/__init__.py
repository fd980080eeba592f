"""The little language that all rooms share: events come in, a turn is taken, a reply goes out."""
