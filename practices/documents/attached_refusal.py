class RefusedAttachment(Exception):
    """A file is not taken beside a passport. `reason` is a word that `attached_sentences` knows how to say."""

    exit_code = 20  # with which a child process says so

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
