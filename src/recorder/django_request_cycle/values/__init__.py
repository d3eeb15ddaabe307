"""What is kept of values, without running a line of the project's code."""
