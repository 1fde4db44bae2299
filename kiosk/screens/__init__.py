"""Pure screens: one module a screen, session -> Scene; no pygame."""
