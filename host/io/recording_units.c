#include "recording_units.h"

#include <math.h>
#include <stdlib.h>

#include "message_fail.h"

#define LOOKS_N 4001 /* rows looked at for a median: enough for any recording */

/* Specific force of a body part in exercise stays near one g; a median beyond these is another unit. */
#define ACCEL_LEAST_MPS2 4.0
#define ACCEL_MOST_MPS2  25.0
#define ACCEL_G_LEAST    0.5 /* a median that looks like g */
#define ACCEL_G_MOST     2.0
#define ACCEL_MG_LEAST   500.0
#define ACCEL_MG_MOST    2000.0

/* 2000 deg/s, the end of nearly every sensor's range, is 34.9 rad/s: one row in twenty beyond it is no rad/s.
 */
#define GYRO_MOST_RADPS 35.0
#define GYRO_SHARE      0.95

/* Slow movement in deg/s is told by gravity: over half a second the angular rate must turn it as far as the
 * accelerometer sees it turn. In deg/s it would turn it 57 times as far; 15 is well between. */
#define TURN_S        0.5
#define TURN_LEAST    0.05 /* rad; below, the accelerometer's noise turns as much */
#define TURN_MOST     0.6  /* rad; above, a straight line is no measure of an arc */
#define TURNS_LEAST_N 5
#define TURN_FACTOR   15.0
#define TURN_ALIKE    0.7 /* correlation of what is predicted and what is seen */

/* Rows per second that no inertial sensor has, on either side. */
#define RATE_LEAST_HZ 2.0
#define RATE_MOST_HZ  20000.0

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The value below which that share of the looks lies; NaN without any. */
static double quantile(double *looks, size_t n, double share)
{
    if (!n)
        return NAN;
    qsort(looks, n, sizeof *looks, ascending);
    return looks[(size_t)((double)(n - 1) * share)];
}

static size_t stride(size_t n)
{
    return n / LOOKS_N + 1;
}

static int check_rate(const struct plumb_track *track, const char *file, struct plumb_message *message)
{
    double looks[LOOKS_N];
    size_t n = 0;
    for (size_t i = 1; i < track->n && n < LOOKS_N; i += stride(track->n))
        looks[n++] = track->t_s[i] - track->t_s[i - 1];
    double step_s = quantile(looks, n, 0.5);
    if (n < 2 || (step_s <= 1 / RATE_LEAST_HZ && step_s >= 1 / RATE_MOST_HZ))
        return 0;
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s: t_s wants seconds, found rows %.3g apart%s", file, step_s,
        step_s > 1 / RATE_LEAST_HZ ? " (milliseconds or microseconds?)" : "");
}

static int check_accel(const struct plumb_track *track, const char *file, struct plumb_message *message)
{
    double looks[LOOKS_N];
    size_t n = 0;
    for (size_t i = 0; i < track->n && n < LOOKS_N; i += stride(track->n))
        if (track->present[i] & (1u << PLUMB_PELVIS))
            looks[n++] = plumb_vec3_norm(plumb_imu_unpack(&track->imu[PLUMB_PELVIS][i]).accel_s_mps2);
    double median = quantile(looks, n, 0.5);
    if (!n || (median >= ACCEL_LEAST_MPS2 && median <= ACCEL_MOST_MPS2))
        return 0;
    const char *guess = median > ACCEL_G_LEAST && median < ACCEL_G_MOST     ? " (that looks like g)"
                        : median > ACCEL_MG_LEAST && median < ACCEL_MG_MOST ? " (that looks like mg)"
                                                                            : "";
    return plumb_message_fail(
        message, PLUMB_DAMAGED,
        "%s: pelvis_a?_mps2 wants m/s2 with gravity in it, about 9.8 in all, found %.4g%s", file, median,
        guess);
}

static int check_gyro_range(const struct plumb_track *track, const char *file, struct plumb_message *message)
{
    double looks[LOOKS_N];
    size_t n = 0;
    for (size_t i = 0; i < track->n && n < LOOKS_N; i += stride(track->n))
        if (track->present[i] & (1u << PLUMB_PELVIS))
            looks[n++] = plumb_vec3_norm(plumb_imu_unpack(&track->imu[PLUMB_PELVIS][i]).gyro_s_radps);
    double high = quantile(looks, n, GYRO_SHARE);
    if (!n || high <= GYRO_MOST_RADPS)
        return 0;
    return plumb_message_fail(
        message, PLUMB_DAMAGED,
        "%s: pelvis_g?_radps wants rad/s, found values of %.4g (that looks like deg/s)", file, high);
}

/* Sums over the windows in which gravity turned by a fair angle. */
struct turns {
    double seen_seen, seen_told, told_told;
    size_t n;
};

/* Gravity as the accelerometer has it at both ends against the angular rate in between. */
static void
add_turn(struct turns *turns, struct plumb_vec3 from, struct plumb_vec3 to, struct plumb_vec3 turned_rad)
{
    struct plumb_vec3 u = plumb_vec3_unit(from), v = plumb_vec3_unit(to);
    struct plumb_vec3 middle = plumb_vec3_unit(plumb_vec3_add(u, v));
    struct plumb_vec3 seen = plumb_vec3_sub(v, u);
    struct plumb_vec3 told =
        plumb_vec3_cross(middle, turned_rad); /* a fixed direction turns against the sensor */
    double size = plumb_vec3_norm(seen);
    if (!(size > TURN_LEAST && size < TURN_MOST) || !plumb_vec3_finite(told))
        return;
    turns->seen_seen += plumb_vec3_dot(seen, seen);
    turns->seen_told += plumb_vec3_dot(seen, told);
    turns->told_told += plumb_vec3_dot(told, told);
    turns->n++;
}

static struct turns look_at_turns(const struct plumb_track *track)
{
    struct turns turns = {0};
    const struct plumb_imu_packed *packed = track->imu[PLUMB_PELVIS];
    struct plumb_vec3 from = {0, 0, 0}, turned_rad = {0, 0, 0};
    double began_s = -HUGE_VAL, last_s = 0;
    for (size_t i = 0; i < track->n; i++) {
        if (!(track->present[i] & (1u << PLUMB_PELVIS)))
            continue;
        struct plumb_imu imu = plumb_imu_unpack(&packed[i]);
        double t_s = track->t_s[i];
        turned_rad = plumb_vec3_add(turned_rad, plumb_vec3_scale(imu.gyro_s_radps, t_s - last_s));
        last_s = t_s;
        if (t_s - began_s < TURN_S)
            continue;
        if (t_s - began_s < 2 * TURN_S) /* else a gap lies in the window */
            add_turn(&turns, from, imu.accel_s_mps2, turned_rad);
        from = imu.accel_s_mps2;
        turned_rad = plumb_vec3_of(0, 0, 0);
        began_s = t_s;
    }
    return turns;
}

static int check_gyro_turns(const struct plumb_track *track, const char *file, struct plumb_message *message)
{
    struct turns turns = look_at_turns(track);
    double factor = turns.seen_told / turns.seen_seen;
    double alike = turns.seen_told / sqrt(turns.seen_seen * turns.told_told);
    if (turns.n < TURNS_LEAST_N || !(factor > TURN_FACTOR && alike > TURN_ALIKE))
        return 0;
    return plumb_message_fail(
        message, PLUMB_DAMAGED,
        "%s: pelvis_g?_radps wants rad/s, found rates %.0f times what gravity shows (that looks like deg/s)",
        file, factor);
}

int plumb_recording_check_units(
    const struct plumb_track *track, const char *file, struct plumb_message *message)
{
    int (*const checks[])(const struct plumb_track *, const char *, struct plumb_message *) = {
        check_rate, check_accel, check_gyro_range, check_gyro_turns};
    int fail = 0;
    for (size_t i = 0; i < sizeof checks / sizeof *checks && !fail; i++)
        fail = checks[i](track, file, message);
    return fail;
}
