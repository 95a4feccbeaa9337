"""docs/scaling.md: what runs of some sizes cost, what is simulated, and what follows from both for larger sizes."""
