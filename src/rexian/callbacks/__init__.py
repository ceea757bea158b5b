"""Callbacks: promises to call a customer, each with the time by which the call is to be made.

A callback is *promised* for somebody who left the queue, left a message or was told so in words; it
is *attempted*, with the result of each call, until the customer is *reached*, the attempts are used
up (*failed*), or they got through to us by themselves (*withdrawn*).
"""
