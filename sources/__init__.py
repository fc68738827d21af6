"""Files fetched from where they appear: declared, listed, fetched, and run through the pipeline."""
