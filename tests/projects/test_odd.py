"""Odd and legal: files that nobody writes on purpose are judged, and warn of nothing that they do not say."""

import pytest

from withus.facts.load import loads
from withus.traps.judge import judge
from withus.traps.rule import Level

ROOM = 'people = [{ who = "members", group = "neighbours", count = 9, lived = true }]'
PLAN = """plan = [
  { minutes = 15, kind = "welcome" }, { minutes = 0, kind = "information" }, { minutes = 20, kind = "venting" },
  { minutes = 0, kind = "venting" }, { minutes = 40, kind = "activity" }, { minutes = 0, kind = "discussion" },
  { minutes = 10, kind = "break" }, { minutes = 25, kind = "slack" }, { minutes = 10, kind = "closing" },
]"""
WHOLE = """
stage = "running"
claim = "involving"
invited_on = 2026-01-01
input_closes = 2026-04-01
scope = { told_on = 2026-01-02, how = "letter" }
contributions = { people = 5, items = 9 }
decisions = [{ id = "a", openness = "open", options = ["x", "y"], settled_on = 2026-05-01 }]
feedback = { promised_on = 2026-06-01, routes = ["post"], confirmed = 4, items_answered = 9, items_total = 9, unreachable = 0, rounds = [
  { on = 2026-05-20, route = "post", reached = 5, of = 5, says = ["reasons"] },
] }
"""
TWO = """
claim = "involving"
decisions = [{ id = "a", openness = "open", options = ["x", "y"] }]
[[workshops]]
id = "second"
on = 2026-05-01
[[workshops]]
id = "first"
on = 2026-03-01
"""
SILENT = {
    "empty lists": """
claim = "co-producing"
emotive = "high"
stage = "closed"
groups = []
decisions = []
changes = []
workshops = []
methods = []
feedback = { routes = [], formats_asked = {}, formats_sent = [], rounds = [] }
""",
    "rows of empty lists": """
claim = "co-producing"
emotive = "high"
decisions = [{ id = "a", options = [], limits = [], acts = [], asked_in = [] }]
workshops = [{ id = "w", people = [], plan = [], parked = [], live = { incidents = [], actual_minutes = {} } }]
methods = [{ id = "m", stimuli = [], requires = [], adaptations = [] }]
""",
    "nobody gave anything": """
claim = "consulting"
stage = "closed"
contributions = { people = 0, items = 0 }
feedback = { promised_on = 2025-01-01, confirmed = 0, items_answered = 0, items_total = 0, unreachable = 0, rounds = [] }
""",
    "one person": f'claim = "involving"\nworkshops = [{{ id = "w", on = 2026-09-01, {ROOM.replace("9", "1")} }}]',
    "five thousand": f'claim = "involving"\nworkshops = [{{ id = "w", on = 2026-09-01, {ROOM.replace("9", "5000")} }}]',
    "one to one": """
claim = "involving"
[[workshops]]
id = "w"
people = [{ who = "member", count = 1, lived = true }, { who = "nurse", count = 1, lived = false, pay = "salaried" }]
""",
    "no minutes at all": f"""
claim = "involving"
emotive = "high"
[[workshops]]
id = "w"
starts = 10:00:00
ends = 10:00:00
{ROOM}
plan = [{{ minutes = 0, kind = "welcome" }}, {{ minutes = 0, kind = "activity" }}, {{ minutes = 0, kind = "venting" }}]
""",
    "blocks of no minutes": f'claim = "involving"\n[[workshops]]\nid = "w"\nstarts = 10:00:00\nends = 12:00:00\n{ROOM}\n{PLAN}',
    "over midnight": f'claim = "involving"\n[[workshops]]\nid = "w"\nstarts = 22:30:00\nends = 00:30:00\n{ROOM}\n{PLAN}',
    "workshops out of order": TWO,
    "whole": WHOLE,
}


@pytest.mark.parametrize("today", ["1990-01-01", "2026-07-01", "2036-07-01"])
@pytest.mark.parametrize("odd", SILENT.values(), ids=SILENT)
def test_an_odd_file_warns_of_nothing_whether_it_is_all_to_come_or_ten_years_old(odd: str, today: str) -> None:
    verdict = judge(loads(f'title = "Odd"\ntoday = {today}\n{odd}'))
    assert [each.said for each in verdict.findings if each.level in (Level.STOP, Level.WARN)] == []


def test_what_was_asked_after_it_was_settled_is_seen_in_whatever_order_the_evenings_stand() -> None:
    settled = TWO.replace('["x", "y"]', '["x", "y"], settled_on = 2026-04-01')
    for rows in (settled, settled.replace('"second"', '"third"').replace("05-01", "02-01")):
        found = judge(loads(f'title = "Odd"\ntoday = 2026-06-01\n{rows}')).findings
        assert ("T101" in {each.rule for each in found}) == ("05-01" in rows)
