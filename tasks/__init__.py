"""The work of the pipeline, one folder a stage: sources, read, clean, extract, load; evaluate measures them."""
