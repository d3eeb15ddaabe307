"""What the recorder records and what it must never do, one file a concept."""
