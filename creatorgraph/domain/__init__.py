"""What a profile, identifier, link, decision and creator are. Pure: imports nothing else of ours, does no I/O."""
