"""Every error that a user can cause.

    OjreportError            one sentence for the user; the command line prints it and exits with 2
    ├── UsageError           the command's own words: unknown area, report, year, format
    ├── SourceError          a workbook can not be read or does not hold what it must
    ├── CatalogueError       a line of the catalogue, a report definition or a group list is wrong
    ├── TemplateError        a text template can not be used (names file and line)
    ├── OutputError          a file or folder can not be written
    │   └── DiskFullError    there is no room on the disk
    ├── ProofError           a finished file does not say what the data says
    ├── DeliveryError        no mail can be sent: the server can not be reached, is not safe, or does not let us in
    └── LostError            a worker was lost again and again, or the cluster was

The message names the file, sheet, cell or kommun and says what to do. Anything else that is raised is a bug of ours.
"""


class OjreportError(Exception):
    """A fault that the user can mend; ``str(error)`` is the sentence she reads."""


class UsageError(OjreportError):
    """The command was given something that does not exist or does not go together."""


class SourceError(OjreportError):
    """A workbook or folder can not be read."""


class CatalogueError(OjreportError):
    """A catalogue file, report definition or group list breaks its own rules."""


class TemplateError(OjreportError):
    """A text template can not be found, parsed or filled in."""


class OutputError(OjreportError):
    """A result can not be written."""


class DiskFullError(OutputError):
    """There is no room for a result, nor for those that come after it."""


class ProofError(OjreportError):
    """A finished file differs from the document it was made from."""


class DeliveryError(OjreportError):
    """No mail at all can be sent: the server can not be reached, is not safe to speak to, or does not let us in."""


class LostError(OjreportError):
    """A worker was lost with the same report again and again, or the cluster as a whole."""
