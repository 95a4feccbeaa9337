"""The graph on Neo4j with Graph Data Science, over Bolt. Needs the extra `neo4j`."""
