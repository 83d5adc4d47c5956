"""Lengths in English metric units, in which a .pptx counts."""

POINT = 12700
MM = 36000
