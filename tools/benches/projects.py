"""Precision and recall of the rules for each trap, on the labelled projects of `tests/projects`."""

import json

from tests.projects.scoring import FOLDERS, TRAPS, cells, labels, score


def main() -> None:
    for folder in FOLDERS:
        for trap in TRAPS:
            found = score(folder, trap)
            print(
                json.dumps(
                    {
                        "projects": f"{folder} ({len(labels(folder))})",
                        "trap": trap,
                        "right": found.right,
                        "false_alarms": found.false_alarms,
                        "missed": found.missed,
                        "precision": found.precision,
                        "recall": found.recall,
                    }
                )
            )
        for each in cells(folder):
            if not each.agrees:
                said = "missed" if each.labelled else f"false alarm of {', '.join(each.rules)}"
                print(json.dumps({"project": f"{folder}/{each.project}", "trap": each.trap, "mistake": said}))


if __name__ == "__main__":
    main()
