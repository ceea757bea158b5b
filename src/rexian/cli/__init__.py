"""The command line: a thin shell that asks the contexts and shows what they say."""
