"""Profiles as arrays: keys, names, shared values and words, made once per run."""
