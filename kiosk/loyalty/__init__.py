"""Pure rules of the programme: no I/O, no clock, no random number."""
