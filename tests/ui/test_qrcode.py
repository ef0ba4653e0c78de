from __future__ import annotations

import segno

from withus.ui.qrcode import drawing


def test_the_path_draws_every_dark_module_and_a_quiet_zone_of_four() -> None:
    text = "https://withus.example/k/mzxw6ytboi2gk3tfon2hezltoq"
    shown = drawing(text)
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix_iter(border=4)]
    painted = [[0] * shown["size"] for _ in rows]
    for run in shown["path"].split("M")[1:]:
        start, length = run.split(".5h")
        x, y = map(int, start.split())
        for at in range(x, x + int(length)):
            painted[y][at] = 1
    assert painted == [list(row) for row in rows]
    assert not any(painted[0] + painted[3])
