"""What the house shows by HTTP: the webhook, health, the projector page."""
