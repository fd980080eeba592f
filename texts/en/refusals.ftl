refusals-no-class = You are in no class yet. Open the link your school gave you, or send me your 8-character code.
refusals-no-right = The class teacher or the administrator does that. Please see the class teacher.
refusals-teachers-only = The class teacher does that. Please see the class teacher.
refusals-leaders-only = Group leaders do that. Please see your group leader or the class teacher.
refusals-not-here = Not found; it may have changed. Please start again from the keys below.
refusals-trainees-only = This is for trainees; you need not do it. For anything else use the keys below.
refusals-class-over = { $title } is over. There is nothing to check in to.
