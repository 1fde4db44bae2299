"""What is on disk: outbox, directory and content."""
