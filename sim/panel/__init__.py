"""The simulator's control panel: one web page with the kiosk's screen and a tray of cards."""
