"""What is true of a kommun, a group, the country: pure, no file, no font, no locale."""
