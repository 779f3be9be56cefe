/* Thresholds in files: the [thresholds] of an exercise, and a file of limits for one patient.
 *
 * A file of limits has sections [thresholds], [thresholds left], [thresholds supine-edge], [thresholds
 * supine-edge left]: those whose words all fit are applied in the file's order, each over the one before.
 * What no section says stays as the exercise has it. Keys as in host/exercises/example.exercise.
 */
#ifndef PLUMB_LOAD_LIMITS_H
#define PLUMB_LOAD_LIMITS_H

#include <stdio.h>

#include "../core/exercise.h"
#include "../core/message.h"
#include "ini.h"

/* Reads one [thresholds ...] section over what `thresholds` has, and checks their order. 0 or PLUMB_DAMAGED.
 */
int plumb_thresholds_read(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, struct plumb_thresholds *thresholds,
    struct plumb_message *message);

/* The same, whatever the limits are to each other. */
int plumb_thresholds_read_unfinished(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, struct plumb_thresholds *thresholds,
    struct plumb_message *message);

/* Writes the section: what differs from the usual limits, nothing where nothing does. 0 or negative. */
int plumb_thresholds_write(
    FILE *to, const struct plumb_thresholds *thresholds, struct plumb_message *message);

/* The same with every key. */
int plumb_thresholds_write_every(
    FILE *to, const struct plumb_thresholds *thresholds, struct plumb_message *message);

/* The same as section `name`, what differs from `usual`. */
int plumb_thresholds_write_over(
    FILE *to, const char *name, const struct plumb_thresholds *thresholds,
    const struct plumb_thresholds *usual, struct plumb_message *message);

/* Applies a patient's file to thresholds of that exercise and side. 0, or PLUMB_DAMAGED / PLUMB_FAILED with a
 * message naming file and line. */
int plumb_limits_load(
    struct plumb_thresholds *thresholds, const char *path, const char *exercise_id, enum plumb_side side,
    struct plumb_message *message);

#endif
