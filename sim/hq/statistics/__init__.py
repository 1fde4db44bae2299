"""What answers come to: scores with their uncertainty, where people leave, good profiles."""
