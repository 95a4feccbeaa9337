"""Worlds of people whom lists name without any account: conference speakers, authors, members, guests."""
