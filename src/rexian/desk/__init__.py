"""The desk: the face of agents, where contacts come in and are served, live and by the book.

One page for eight hours: who waits and what one has, the conversation, and beside it the standard.
The page holds a state and changes it by what the live stream tells; what is sent is kept in the
browser until the server has it.
"""
