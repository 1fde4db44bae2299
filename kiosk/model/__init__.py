"""The vocabulary shared with HQ; pydantic at the edges, frozen dataclasses inside."""
