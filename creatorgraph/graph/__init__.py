"""The graph of profiles, identifiers and creators: one port in domain verbs (`port.py`), two engines with mirrored files."""
