"""From the Öppna jämförelser workbooks to the reports that a kommun needs."""

__version__ = "0.1.0"
