"""Generated GraphQL operations against the application: no server error, nothing over its limits accepted."""
