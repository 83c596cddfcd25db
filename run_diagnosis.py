"""The door for a person with a shell: hands the arguments to the workbook."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from diagnostics.workbook.environment import enter

if __name__ == "__main__":
    enter([__file__, *sys.argv[1:]])
    from diagnostics.workbook.cli import main

    main()
