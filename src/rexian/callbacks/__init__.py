"""Callbacks: promises to call a customer, each with the time by which the call is to be made.

A callback is *promised* for somebody who left the queue, left a message or was told so in words; it
is *attempted*, with the result of each call, until the customer is *reached*, the attempts are used
up (*failed*), or they got through to us by themselves (*withdrawn*).

A call on cases asks the customer how it went once a case is done: one call for all their cases, one
*survey* for each round of each. Which cases, by when and how often is a rule of the standard.
"""
