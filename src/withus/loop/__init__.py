"""
Themes, answers, promises, telling each person, and their own word that they heard.

- The workbench: `found` (which cards are asked for), `placed`, `alike`, `repeats`, `story` (what was done); `sortable` for who sorts with
  the team; `suggesting`, `shelf`, `ahead` and `sense` for what a program lays beside each other; `opinions` for groups who vote alike.
- Answers: `wordings`, `changes`, `named`, `as_read`, `tone`. Telling: `reach`, `mail`, `letters`, `envelope`, `not_gone`.
- Their own page: `given`. In public: `in_public`, `counting`, `norm`, `timeline`, `snapshot`. The end: `holding`, `turning_mail`.
- For the list of projects: `owed`.
"""
