"""What makes a build impossible, told so that a person can mend it."""


class SiteError(Exception):
    """A mistake of the user's that stops the work; `cli` alone prints it, without a traceback.

    Subclasses are named for the mistake and stand beside the code that raises them.
    The message has the form `path:line: what is wrong; what to do`.
    """

    exit_code = 1
