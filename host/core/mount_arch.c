#include "mount_arch.h"

#include "units.h"

#define SUSTAINED_HZ 0.6 /* a quarter of a second must pass before a posture counts: jerks do not */
#define LEAST_ARCH_RAD                                                                                       \
    (2.5 * PLUMB_RAD_PER_DEG) /* more than breathing moves the pelvis (2 deg, EVIDENCE)                      \
                               */
#define RIVAL_SHARE 0.6 /* of the excursion: more the other way, and it is not clear which was the arch */

/* One side's furthest sustained point. */
struct reach {
    struct plumb_vec3 turn_s;
    double along_rad, t_s;
};

struct course {
    struct reach most, least, end;
    double astray_rad;
};

static struct course follow(const struct plumb_turns *turns, struct plumb_vec3 axis_s)
{
    struct plumb_turn_filter filter = {.high_hz = SUSTAINED_HZ};
    struct course course = {{{0, 0, 0}, 0, 0}, {{0, 0, 0}, 0, 0}, {{0, 0, 0}, 0, 0}, 0};
    for (size_t i = 0; i < turns->n; i++) {
        double t_s = plumb_turns_t_s(turns, i);
        struct plumb_vec3 turn_s = plumb_turns_at(turns, turns->q_ws[0], i);
        turn_s = plumb_turn_filter_push(&filter, t_s, turn_s);
        struct reach now = {turn_s, plumb_vec3_dot(turn_s, axis_s), t_s};
        course.most = i == 0 || now.along_rad > course.most.along_rad ? now : course.most;
        course.least = i == 0 || now.along_rad < course.least.along_rad ? now : course.least;
        course.end = now;
        struct plumb_vec3 about_axis_s = plumb_vec3_scale(axis_s, now.along_rad);
        course.astray_rad = fmax(course.astray_rad, plumb_vec3_norm(plumb_vec3_sub(turn_s, about_axis_s)));
    }
    if (turns->n) { /* the filter lags, and who ends the window is still on the way back */
        course.end.turn_s = plumb_turns_at(turns, turns->q_ws[0], turns->n - 1);
        course.end.along_rad = plumb_vec3_dot(course.end.turn_s, axis_s);
    }
    return course;
}

static double middle(double a, double b, double c)
{
    return fmax(fmin(a, b), fmin(fmax(a, b), c));
}

/* The posture before the arch. Usually the start; but a window may begin or end within the arch. Then two of
 * three (start, end, before the tilts) still agree. */
static double base_rad(const struct course *course, double neutral_rad)
{
    return isnan(neutral_rad) ? 0 : middle(0, course->end.along_rad, neutral_rad);
}

struct plumb_arch
plumb_arch_find(const struct plumb_turns *turns, struct plumb_vec3 axis_s, double neutral_rad)
{
    struct plumb_arch arch = {{0, 0, 0}, 0, 0, 0};
    if (turns->n < 2)
        return arch;
    struct course course = follow(turns, axis_s);
    double base = base_rad(&course, neutral_rad);
    double plus = course.most.along_rad - base, minus = base - course.least.along_rad;
    double larger = fmax(plus, minus), rival = fmin(plus, minus);
    int close = rival > RIVAL_SHARE * larger;
    /* With as much both ways, the first was the arch and the second came with the return. */
    int is_plus = close ? course.most.t_s < course.least.t_s : plus > minus;
    struct reach far = is_plus ? course.most : course.least;
    struct plumb_vec3 start = {0, 0, 0};
    struct plumb_vec3 from = fabs(course.end.along_rad - base) < fabs(base) ? course.end.turn_s : start;
    arch.axis_s = plumb_vec3_unit(plumb_vec3_sub(far.turn_s, from));
    arch.excursion_rad = is_plus ? plus : minus;
    arch.astray_rad = course.astray_rad;
    arch.is_clear = arch.excursion_rad >= LEAST_ARCH_RAD && !close;
    return arch;
}
