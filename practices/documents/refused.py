"""How a child process says that it does not take a file: one word, which `word_sentences` puts into a sentence."""


class Refused(Exception):
    """The file is not taken, and `reason` says why."""

    exit_code = 20  # with which a child process ends then

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
