"""A Neo4j of one's own on this machine: no Docker, no root, no Java but the wheel's."""
