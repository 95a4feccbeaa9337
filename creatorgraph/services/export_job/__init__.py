"""Exports in bulk: ordered by tenants, written in the background, fetched part by part."""
