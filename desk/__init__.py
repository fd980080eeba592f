"""What the house shows by HTTP: the webhook, health; the teachers' pages stand beside them."""
