"""What sound tells before any word is read: pure functions of samples and frames.

Nothing outside this folder and its service needs numpy to be installed.
"""
