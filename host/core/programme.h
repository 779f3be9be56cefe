/* Rules over a programme (EXERCISES): what past holds allow and ask for. Pure: whoever keeps the sessions
 * hands in the holds; the program measures, a person decides. */
#ifndef PLUMB_PROGRAMME_H
#define PLUMB_PROGRAMME_H

#include <stddef.h>

#include "exercise.h"

/* One hold of the past. */
struct plumb_past_hold {
    const char *exercise; /* its id; borrowed */
    enum plumb_side side;
    double day;      /* when, in days from any moment */
    double target_s; /* what was asked */
    double in_zone_s, elapsed_s;
    double worst_rad;
    int excursions;
};

/* A full hold without any excursion. */
int plumb_past_hold_clean(const struct plumb_past_hold *hold);

/* 1 when a weight may be added on that side: it knows one, and a clean hold of the same exercise and side is
 * there. */
int plumb_programme_weight_earned(
    const struct plumb_exercise *exercise, enum plumb_side side, const struct plumb_past_hold *holds,
    size_t n);

/* Progression: the measured half, both sides clean. The other half is asked (exercise->next_ask), never
 * decided here. */
enum plumb_progression {
    PLUMB_PROGRESSION_NONE,      /* nothing follows this exercise */
    PLUMB_PROGRESSION_NOT_YET,   /* a side lacks its clean hold */
    PLUMB_PROGRESSION_ASK_PERSON /* measured: ask the rest */
};
enum plumb_progression plumb_programme_progression(
    const struct plumb_exercise *exercise, const struct plumb_past_hold *holds, size_t n);

/* The stiffer side (enum plumb_side) by share of time in the zone, then excursions a minute, then worst tilt;
 * -1 where a side has no hold or the two differ by less than what comes and goes (trend.h). */
int plumb_programme_stiffer(const char *exercise_id, const struct plumb_past_hold *holds, size_t n);

/* Seconds in the zone of that exercise and side on the days (from_day, to_day]. */
double plumb_programme_in_zone_s(
    const char *exercise_id, enum plumb_side side, double from_day, double to_day,
    const struct plumb_past_hold *holds, size_t n);

/* What a week asks for on one side: the session's dose times a week; 0 where the exercise does not say how
 * often. */
double plumb_programme_week_s(const struct plumb_exercise *exercise);

#endif
