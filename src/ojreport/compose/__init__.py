"""Truth into words and figures: analysis in, a Document out."""
