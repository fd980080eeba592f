"""The methods of the Bot API, one file a field; `table` lists them by name."""
