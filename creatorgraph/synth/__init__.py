"""Seeded synthetic worlds of creators with the truth, at any size: for the demo, tests and benchmarks."""
