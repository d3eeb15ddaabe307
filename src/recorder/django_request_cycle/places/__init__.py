"""Where things stand in source files."""
