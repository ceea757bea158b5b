"""Portal: the face of customers, who write to a hotline from any browser, without an account.

The address of a conversation is the key to it: whoever knows it is the customer. There is no cookie
and no session, so that all of it works on another site's page too.
"""
