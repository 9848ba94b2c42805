"""`python -m etl.cli …`: the command line where `etl` is not on the path."""

import sys

from etl.cli import main

sys.exit(main())
