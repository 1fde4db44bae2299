"""What is on disk: outbox, directory, content and device state."""
