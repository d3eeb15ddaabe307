"""A small project that shows the recorder each thing it has to record; runs on every supported Django."""
