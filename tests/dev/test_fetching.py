"""What a person hears while the package clients work, wait or fail."""

import errno
import os
import sys

import pytest

from tools import fetching
from tools.say import Stop, of_os_error

pytestmark = pytest.mark.slow


def run(script: str) -> str:
    return fetching.fetch([sys.executable, "-c", script], "fetching toys", env=os.environ)


def test_what_a_client_prints_is_returned() -> None:
    assert run("print('uv 0.1')") == "uv 0.1\n"


def test_a_silent_network_is_told_once_and_given_up_in_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fetching, "QUIET_SECONDS", 0.5)
    monkeypatch.setattr(fetching, "GIVE_UP_SECONDS", 1.5)
    with pytest.raises(Stop, match="The network stalls"):
        run("import time; time.sleep(30)")
    assert capsys.readouterr().out.count("Nothing has come from the network") == 1


def test_a_client_that_works_is_not_taken_for_a_silent_network(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fetching, "QUIET_SECONDS", 4)
    run("import time\nfor _ in range(12): time.sleep(0.5); open('/dev/null', 'w').write('x' * 100_000)")
    assert "Nothing has come" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("error: failed to write: No space left on device (os error 28)", "the disk is full"),
        ("npm error code EACCES", "there is no permission to write there"),
        ("dns error: failed to lookup: Temporary failure in name resolution", "the package registry did not answer"),
        ("invalid peer certificate: UnknownIssuer", "a certificate of the network was refused"),
        ("npm error code EINTEGRITY", "a package is not the one that was locked"),
        ("strange words", "strange words"),
    ],
)
def test_a_failure_is_one_sentence(printed: str, sentence: str) -> None:
    with pytest.raises(Stop) as stop:
        run(f"print({printed!r}); raise SystemExit(1)")
    assert str(stop.value).startswith(f"Fetching toys failed: {sentence}")
    assert "\n" not in str(stop.value)


@pytest.mark.parametrize(
    ("number", "word"),
    [(errno.ENOSPC, "full"), (errno.EACCES, "permission"), (errno.EROFS, "permission"), (errno.EADDRINUSE, "port")],
)
def test_troubles_of_the_machine_have_a_sentence(number: int, word: str) -> None:
    sentence = of_os_error(OSError(number, "", "/there"))
    assert sentence is not None
    assert word in sentence


def test_a_fault_of_ours_has_none() -> None:
    assert of_os_error(OSError(errno.EBADF, "")) is None
