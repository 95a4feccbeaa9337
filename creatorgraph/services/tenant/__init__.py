"""What tenants have: their keys, their rate, their use."""
