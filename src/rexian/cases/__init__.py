"""Case (工单): what a contact leaves open, brought to its end through the organisation.

A case is taken once and follows a flow of its standard: by moves from unit to unit, against clocks,
until it is archived. Everything that happens to it is a step of one timeline.
"""
