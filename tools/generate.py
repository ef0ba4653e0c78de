"""`./dev generate`: writes anew what is made from the code and kept beside it; `./dev check` tells when it is behind."""

import os
import subprocess
import sys

from tools import translations
from tools.say import ROOT, Stop, plainly


def main() -> None:
    translations.write(ROOT)
    if subprocess.run([sys.executable, "-m", "withus.traps.page"], check=False).returncode:
        raise Stop("the pages of the rules could not be written.")


if __name__ == "__main__":
    os.chdir(ROOT)
    with plainly():
        main()
