"""The uploader: carries records to HQ, brings directory and content home."""
