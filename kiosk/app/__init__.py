"""The kiosk process: everything put together, and the one thread that owns the screen."""
