"""Settings for the whole suite: the same examples at each run, and no time limit that a busy machine could miss."""

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")
