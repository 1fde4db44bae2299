"""A stand-in for HQ that keeps the whole written contract, with switches for its failures."""
