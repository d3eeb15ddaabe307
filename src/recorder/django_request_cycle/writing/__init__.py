"""From a finished cycle to its file."""
