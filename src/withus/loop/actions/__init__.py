"""The only writers of themes, answers, tellings and confirmations."""

from withus.loop.actions.answers import draft_answer, keep_promise, publish, redate, tell_the_next
from withus.loop.actions.asking_keys import asked_by_mail, co_leads_can_press
from withus.loop.actions.erasing import forget_the_erased
from withus.loop.actions.explaining import explain_late
from withus.loop.actions.fitting import say_it_fits
from withus.loop.actions.in_person import (
    by_reply,
    enter_slip,
    hang_up,
    letters_printed,
    read_out,
    take_down,
    told_in_the_room,
)
from withus.loop.actions.lasting import ask_if_still_so, asked_on_paper, note_broken, say_still_so
from withus.loop.actions.moving import asked_to_take, say_willing, take_over, untold
from withus.loop.actions.naming import allow_name
from withus.loop.actions.noticing import (
    note_noticed,
    notice_dropped,
    notice_failed,
    notice_newcomers,
    notice_read,
    notice_sent,
)
from withus.loop.actions.opinions import (
    find_opinions,
    look_for_opinions,
    show_opinions,
    switch_off_opinions,
    switch_on_opinions,
)
from withus.loop.actions.owing import owe_answers
from withus.loop.actions.publicity import hide_page, show_page, switch_feeds
from withus.loop.actions.reaching import after_failing, begin_again, move_on, note_try
from withus.loop.actions.reading import bring_back_content, cards_read, read_as_typed, set_apart, unread
from withus.loop.actions.reminding import remind
from withus.loop.actions.sending import hold_again, let_go, look_again, way_now
from withus.loop.actions.sorters import end_sorting, invite_to_sort, leave_name, suggest_name, use_name
from withus.loop.actions.stopping import stop_writing, write_again
from withus.loop.actions.suggesting import (
    answer_regrouping,
    ask_for_new_groups,
    read_cards,
    read_soon,
    regroup,
    switch_suggestions,
)
from withus.loop.actions.telling import (
    confirm,
    mark_failed,
    mark_read,
    mark_sent,
    may_end,
    may_end_on_paper,
    note_posted,
    note_told,
    take_back_posted,
)
from withus.loop.actions.themes import (
    make_theme,
    merge_themes,
    move,
    place,
    put_back_theme,
    remove_theme,
    rename_theme,
    split_theme,
    take_out,
)
from withus.loop.actions.turning import (
    Hand,
    Terms,
    call_off,
    first_key,
    may_press_second,
    second_key,
    take_key_back,
    under_way,
    waiting,
    wake,
)
from withus.loop.actions.undoing import undo, undo_since
from withus.loop.actions.wording import word_answer
from withus.loop.spoken_to import cards_of, reached_by

__all__ = [
    "Hand",
    "Terms",
    "after_failing",
    "allow_name",
    "answer_regrouping",
    "ask_for_new_groups",
    "ask_if_still_so",
    "asked_by_mail",
    "asked_on_paper",
    "asked_to_take",
    "begin_again",
    "bring_back_content",
    "by_reply",
    "call_off",
    "cards_of",
    "cards_read",
    "co_leads_can_press",
    "confirm",
    "draft_answer",
    "end_sorting",
    "enter_slip",
    "explain_late",
    "find_opinions",
    "first_key",
    "forget_the_erased",
    "hang_up",
    "hide_page",
    "hold_again",
    "invite_to_sort",
    "keep_promise",
    "leave_name",
    "let_go",
    "letters_printed",
    "look_again",
    "look_for_opinions",
    "make_theme",
    "mark_failed",
    "mark_read",
    "mark_sent",
    "may_end",
    "may_end_on_paper",
    "may_press_second",
    "merge_themes",
    "move",
    "move_on",
    "note_broken",
    "note_noticed",
    "note_posted",
    "note_told",
    "note_try",
    "notice_dropped",
    "notice_failed",
    "notice_newcomers",
    "notice_read",
    "notice_sent",
    "owe_answers",
    "place",
    "publish",
    "put_back_theme",
    "reached_by",
    "read_as_typed",
    "read_cards",
    "read_out",
    "read_soon",
    "redate",
    "regroup",
    "remind",
    "remove_theme",
    "rename_theme",
    "say_it_fits",
    "say_still_so",
    "say_willing",
    "second_key",
    "set_apart",
    "show_opinions",
    "show_page",
    "split_theme",
    "stop_writing",
    "suggest_name",
    "switch_feeds",
    "switch_off_opinions",
    "switch_on_opinions",
    "switch_suggestions",
    "take_back_posted",
    "take_down",
    "take_key_back",
    "take_out",
    "take_over",
    "tell_the_next",
    "told_in_the_room",
    "under_way",
    "undo",
    "undo_since",
    "unread",
    "untold",
    "use_name",
    "waiting",
    "wake",
    "way_now",
    "word_answer",
    "write_again",
]
