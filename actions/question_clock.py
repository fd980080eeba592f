"""What the clock does about questions: reminds, takes back, closes, opens the live queue (QA-05, QA-07, QA-12)."""

from __future__ import annotations

from actions import question_answers, question_break, question_routing, question_states

DEEDS = {**question_routing.DEEDS, **question_answers.DEEDS, **question_states.DEEDS,
         **question_break.DEEDS}  # fmt: skip
"""Each looks at the question again before it acts (SCH-08); they go on after the class, until it is erased."""
