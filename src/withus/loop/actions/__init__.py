"""The only writers of themes, answers, tellings and confirmations."""

from withus.loop.actions.answers import cards_of, draft_answer, keep_promise, publish, published, redate
from withus.loop.actions.closing import close, rest, what_holds_it
from withus.loop.actions.erasing import forget_the_erased
from withus.loop.actions.owing import owe_answers
from withus.loop.actions.reminding import remind
from withus.loop.actions.sending import let_go, look_again
from withus.loop.actions.telling import (
    confirm,
    could_not_reach,
    mark_failed,
    mark_printed,
    mark_read,
    mark_sent,
    note_told,
)
from withus.loop.actions.themes import (
    make_theme,
    merge_themes,
    place,
    put_back_theme,
    remove_theme,
    rename_theme,
    split_theme,
    take_out,
)

__all__ = [
    "cards_of",
    "close",
    "confirm",
    "could_not_reach",
    "draft_answer",
    "forget_the_erased",
    "keep_promise",
    "let_go",
    "look_again",
    "make_theme",
    "mark_failed",
    "mark_printed",
    "mark_read",
    "mark_sent",
    "merge_themes",
    "note_told",
    "owe_answers",
    "place",
    "publish",
    "published",
    "put_back_theme",
    "redate",
    "remind",
    "remove_theme",
    "rename_theme",
    "rest",
    "split_theme",
    "take_out",
    "what_holds_it",
]
