"""Stands in for the hardware and for HQ; the kiosk never imports it."""
