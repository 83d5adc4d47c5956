"""``python -m ojreport``: the same as the command ``ojreport``."""

import sys

from ojreport.cli import main

if __name__ == "__main__":
    sys.exit(main())
