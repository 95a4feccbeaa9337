"""What tenants bring of their own: private profiles, contacts, collections, and the log of who has read a contact."""
