"""The simulator's parts as real processes: HQ, reader, kiosk-sync and kiosk on this machine."""
