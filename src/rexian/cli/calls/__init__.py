"""Recordings on the command line: found, heard once, judged, compared, played in the report."""
