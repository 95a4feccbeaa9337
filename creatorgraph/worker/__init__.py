"""Jobs in the background on Dramatiq, with PostgreSQL or Redis as the queue."""
