"""Gets a PostgreSQL for the tests of shared versions, or says what to install."""

import sys

from tests.browser.provision import install_from_debian
from tests.warehouse.cluster import ADVICE, executable


def main() -> None:
    """Leaves a PostgreSQL in place; exits with advice where there is no way to get one."""
    if executable("initdb") is None:
        install_from_debian("postgresql")
    found = executable("initdb")
    if found is None:
        sys.exit(ADVICE)
    print(f"PostgreSQL for the tests: {found}")


if __name__ == "__main__":
    main()
