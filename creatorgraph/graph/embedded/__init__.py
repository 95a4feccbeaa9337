"""The graph over the store's own tables: nothing to install, nothing to keep in step."""
