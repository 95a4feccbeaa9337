"""Readers of files: each gives numbered raw records one at a time, and bad lines in their place."""
