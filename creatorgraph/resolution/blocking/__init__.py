"""Candidate pairs: which profiles are worth comparing at all."""
