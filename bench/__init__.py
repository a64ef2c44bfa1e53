"""Measurements: `python -m bench` prints the tables that docs/measurements.md shows."""
