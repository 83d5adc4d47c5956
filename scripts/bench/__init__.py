"""The parts of scripts/bench.py, each run in a fresh process."""
