"""The figures of a month of cases: answered, on time, called back, satisfied, down to the rows.

Each has its formula in words, its numerator and denominator, what is left out and why, and the
target of the standard. A month that is over is closed: its figures are frozen with their rows, and
what changes later is shown as a difference.
"""
