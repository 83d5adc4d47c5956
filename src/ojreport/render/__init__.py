"""A Document set as deck, pages or worksheet; a renderer only places."""
