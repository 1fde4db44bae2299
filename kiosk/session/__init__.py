"""Pure session core: states, events and advance(session, event, world) -> Step."""
