"""Lengths in English metric units, in which a .pptx counts."""

INCH = 914400
POINT = 12700
MM = 36000
