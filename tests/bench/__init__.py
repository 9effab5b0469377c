"""Measurements of speed. They print figures and fail nothing: a clock on a busy machine is no judge."""
