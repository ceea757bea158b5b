"""Speech: recordings of calls, heard and read as timed turns, kept, and judged by the standard."""
