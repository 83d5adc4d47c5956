"""The parts of ``make_example.py``."""
