"""Values without files, fonts or frames: what the rest of the program speaks of."""
