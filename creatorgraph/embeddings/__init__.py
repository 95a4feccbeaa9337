"""Text to vectors (encoders) and vectors to neighbours (the FAISS index on disk)."""
