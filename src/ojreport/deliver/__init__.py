"""Mail with the finished reports: who gets what, that it is the right thing, and that nobody gets it twice.

It knows files and people only. What a list's words stand for, and the texts of a mail, are handed in.
"""
