"""Webhooks: subscriptions, and sending messages to them by the Standard Webhooks specification."""
