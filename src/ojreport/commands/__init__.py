"""The verbs of the command line, one module each; what is heavy is imported when a verb is used."""
