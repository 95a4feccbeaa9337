"""Text to comparable tokens: names, handles, hosts."""
