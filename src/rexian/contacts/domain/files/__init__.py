"""Files that people send: known by their content, and kept without what nobody meant to send."""

from rexian.contacts.domain.files.accepting import (
    BadFile,
    Examined,
    FileTooLarge,
    examine,
    file_name,
)

__all__ = ["BadFile", "Examined", "FileTooLarge", "examine", "file_name"]
