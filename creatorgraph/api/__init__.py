"""The HTTP face: GraphQL, health, and the protections around them."""
