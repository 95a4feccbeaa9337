"""The partners' Python client: how it is made from openapi.json."""
