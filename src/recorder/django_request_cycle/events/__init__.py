"""What happens within the stages: one module for each kind of event."""
