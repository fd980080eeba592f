"""What the house remembers: functions on an open transaction, and the only SQL."""
