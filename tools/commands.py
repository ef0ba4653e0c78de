"""What `./dev` can do. Each command first makes what it needs, then hands over."""

import os
import sys
from collections.abc import Callable

from tools import environment, front
from tools.environment import PYTHON
from tools.say import ROOT, Stop, plainly, say

USAGE = """Usage: ./dev COMMAND

  demo      load the example project, start the server, print where to look
  serve     start the server on your own data
  test      run the tests        (--all: all of them; --fresh: on a bare machine; or what pytest takes)
  check     everything that reads the code: style, types, layers, writers, sizes, templates
  bench     measure              (./dev bench NAME)
  build     build the front end
  generate  write anew what is generated: the catalogue of sentences, the pages of the rules
  table     make anew the numbers by which English texts are compared (fetches 250 MB)
  lock      resolve the lock files anew

demo and serve take --data DIR and --port N; demo takes --lan."""


def main(arguments: list[str]) -> int:
    with plainly():
        if not arguments or arguments[0] in {"-h", "--help", "help"}:
            say(USAGE)
            return 0 if arguments else 2
        name, *rest = arguments
        if name not in COMMANDS:
            raise Stop(f"there is no command “{name}”. `./dev` alone lists them.")
        COMMANDS[name](rest)
    return 0


def demo(arguments: list[str]) -> None:
    _site("demo", arguments)


def serve(arguments: list[str]) -> None:
    _site("serve", arguments)


def _site(command: str, arguments: list[str]) -> None:
    environment.ready("run", "front", besides=front.megabytes(front.PAGES))
    front.build(front.PAGES)
    _become(["-P", "-m", "withus.site.cli", command, *arguments])


def build(_: list[str]) -> None:
    environment.ready("front", besides=front.megabytes(front.PAGES))
    front.build(front.PAGES, always=True)


def _tool(name: str) -> Callable[[list[str]], None]:
    def start(arguments: list[str]) -> None:
        environment.ready("run", "front", "dev", besides=front.megabytes(front.EVERYTHING))
        front.build(front.EVERYTHING)
        os.chdir(ROOT)
        _become(["-m", f"tools.{name}", *arguments])

    return start


def lock(arguments: list[str]) -> None:
    """Needs no environment but uv: the lock files may be what is broken."""
    environment.ready("front")
    os.chdir(ROOT)
    _become(["-m", "tools.lock", *arguments])


def _become(arguments: list[str]) -> None:
    """
    Where bytecode is not to lie beside the code (PYTHONDONTWRITEBYTECODE), it lies in the cache: each of the forty programs that a test
    run starts took a second and a half to read Django anew.
    """
    sys.stdout.flush()
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(environment.CACHE / "bytecode"))
    os.execv(PYTHON, [str(PYTHON), *arguments])


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "demo": demo,
    "serve": serve,
    "test": _tool("test"),
    "check": _tool("check"),
    "bench": _tool("bench"),
    "build": build,
    "generate": _tool("generate"),
    "table": _tool("table"),
    "lock": lock,
}
