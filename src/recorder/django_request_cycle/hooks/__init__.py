"""Where the recorder listens in Django: one module for each place."""
