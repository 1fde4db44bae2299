"""Card readers behind one port; hardware threads only post events."""
