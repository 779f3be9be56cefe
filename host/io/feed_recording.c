#include "feed_recording.h"

#include <stdlib.h>

#include "message_fail.h"

#define EARLIEST_S   0.0
#define LATEST_S     10.0 /* a first t_s before this is taken as it is */
#define BEGIN_S      0.5  /* else the first row comes when the sensors have woken up */
#define AFTERWARDS_S 0.1  /* the last row's sample still has to be filtered, read and sent */
#define GAP_S        0.25 /* DESIGN: longer than this the timer would pause; no curve is guessed over it */
#define STEADY_C     30.0 /* where the file has no temperature */

static int rows_index(struct plumb_feed_recording *feed, int which, enum plumb_role role)
{
    const struct plumb_track *track = &feed->recording.track;
    size_t *row = malloc((track->n ? track->n : 1) * sizeof *row);
    if (!row)
        return -1;
    feed->row[which] = row;
    for (size_t i = 0; i < track->n; i++)
        if (track->present[i] & (1u << role))
            row[feed->rows_n[which]++] = i;
    return 0;
}

static enum plumb_role second_of(unsigned roles)
{
    if (roles & (1u << PLUMB_LUMBAR))
        return PLUMB_LUMBAR;
    return roles & (1u << PLUMB_THIGH) ? PLUMB_THIGH : PLUMB_PELVIS;
}

int plumb_feed_recording_load(
    struct plumb_feed_recording *feed, const char *path, struct plumb_message *message)
{
    *feed = (struct plumb_feed_recording){.later_s = 0};
    int fail = plumb_recording_load(&feed->recording, path, message);
    if (fail)
        return fail;
    const struct plumb_track *track = &feed->recording.track;
    feed->second = second_of(feed->recording.roles);
    int short_of_memory = rows_index(feed, 0, PLUMB_PELVIS) ||
                          (feed->second != PLUMB_PELVIS && rows_index(feed, 1, feed->second));
    if (short_of_memory)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: no memory for its %zu rows", path, track->n);
    if (!feed->rows_n[0])
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "%s: not one row with the pelvis' six values", path);
    if (track->t_s[0] < EARLIEST_S || track->t_s[0] >= LATEST_S)
        feed->later_s = BEGIN_S - track->t_s[0];
    feed->length_s = track->t_s[track->n - 1] + feed->later_s + AFTERWARDS_S;
    return 0;
}

void plumb_feed_recording_free(struct plumb_feed_recording *feed)
{
    plumb_recording_free(&feed->recording);
    free(feed->row[0]);
    free(feed->row[1]);
    *feed = (struct plumb_feed_recording){.later_s = 0};
}

/* The last of the sensor's rows that is not after t_s (in the file's time); 0 before the first. */
static size_t row_before(const struct plumb_feed_recording *feed, int which, double t_s)
{
    const double *times = feed->recording.track.t_s;
    size_t low = 0, high = feed->rows_n[which];
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (times[feed->row[which][middle]] <= t_s)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Four rows around t_s, the ends doubled; the moment between the middle two. */
struct knots {
    double t_s[4], value[4];
};

/* The slope at knot i from its two neighbours; at a doubled end the slope of the one side there is. */
static double slope(const struct knots *knots, int i)
{
    double before = knots->t_s[i] - knots->t_s[i - 1], after = knots->t_s[i + 1] - knots->t_s[i];
    double left = before > 0 ? (knots->value[i] - knots->value[i - 1]) / before : NAN;
    double right = after > 0 ? (knots->value[i + 1] - knots->value[i]) / after : NAN;
    if (isnan(left) || before > GAP_S)
        return right;
    if (isnan(right) || after > GAP_S)
        return left;
    return (left * after + right * before) / (before + after);
}

/* Hermite's cubic between knots 1 and 2. */
static double between(const struct knots *knots, double t_s)
{
    double h = knots->t_s[2] - knots->t_s[1];
    if (!(h > 0))
        return knots->value[1];
    double u = (t_s - knots->t_s[1]) / h, rise = knots->value[2] - knots->value[1];
    if (!(u > 0) || u >= 1)
        return knots->value[u > 0 ? 2 : 1];
    if (h > GAP_S)
        return knots->value[1] + u * rise;
    double a = slope(knots, 1) * h - rise, b = rise - slope(knots, 2) * h;
    return knots->value[1] + u * rise + u * (1 - u) * (a * (1 - u) + b * u);
}

static double value_of(const struct plumb_imu_packed *imu, int channel)
{
    return (double)(channel < 3 ? imu->accel_s_mps2[channel] : imu->gyro_s_radps[channel - 3]);
}

int plumb_feed_recording_at(
    const struct plumb_feed_recording *feed, int which, double t_s, struct plumb_imu *imu)
{
    if (!feed->rows_n[which])
        return 0;
    const struct plumb_track *track = &feed->recording.track;
    enum plumb_role role = which ? feed->second : PLUMB_PELVIS;
    double file_s = t_s - feed->later_s, out[6];
    size_t at = row_before(feed, which, file_s), last = feed->rows_n[which] - 1, row[4];
    row[0] = feed->row[which][at > 0 ? at - 1 : 0];
    row[1] = feed->row[which][at];
    row[2] = feed->row[which][at < last ? at + 1 : last];
    row[3] = feed->row[which][at + 2 < last ? at + 2 : last];
    struct knots knots;
    for (int i = 0; i < 4; i++)
        knots.t_s[i] = track->t_s[row[i]];
    for (int channel = 0; channel < 6; channel++) {
        for (int i = 0; i < 4; i++)
            knots.value[i] = value_of(&track->imu[role][row[i]], channel);
        out[channel] = between(&knots, file_s);
    }
    double temp_c = (double)track->imu[role][row[1]].temp_c;
    imu->accel_s_mps2 = plumb_vec3_of(out[0], out[1], out[2]);
    imu->gyro_s_radps = plumb_vec3_of(out[3], out[4], out[5]);
    imu->temp_c = isnan(temp_c) ? STEADY_C : temp_c;
    return 1;
}
