/* Changing the steps of an exercise: a step that leads back goes on leading to the same step, wherever that
 * has gone. What comes out need not be a good exercise: the reader of the files says. Pure.
 */
#ifndef PLUMB_EXERCISE_EDIT_H
#define PLUMB_EXERCISE_EDIT_H

#include "exercise.h"

/* A step of that kind with usual words and figures. */
void plumb_step_usual(struct plumb_step *step, enum plumb_step_kind kind);

/* Puts a step before the one at `at` (steps_n: at the end). -1 where there is no room. */
int plumb_exercise_step_insert(struct plumb_exercise *exercise, int at, const struct plumb_step *step);

/* Takes the step out; what led back to it leads to the one behind it. */
void plumb_exercise_step_remove(struct plumb_exercise *exercise, int at);

/* Moves the step so that its new place is `to`. */
void plumb_exercise_step_move(struct plumb_exercise *exercise, int at, int to);

/* Makes another kind of the step. Its own words stay, usual words change with the kind. */
void plumb_exercise_step_change(struct plumb_exercise *exercise, int at, enum plumb_step_kind kind);

/* Another pose; how it is drawn goes with it. */
void plumb_exercise_pose_change(struct plumb_exercise *exercise, enum plumb_pose pose, int mirrored);

#endif
