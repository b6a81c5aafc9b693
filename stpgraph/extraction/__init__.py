"""From a text to proposals: who said what, which figures, who they are, what it is about. Nothing here is final."""
