"""Comparisons of many pairs at once: keys with keys, names with names."""
