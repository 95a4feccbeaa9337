"""Arrivals: profiles that come, change or go are resolved at once, as a run over everything would with the same model."""
