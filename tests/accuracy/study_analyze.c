/* The whole line against the truth: random people with random clips, analysed, compared with what really
 * happened.
 *
 *     study_analyze [PEOPLE] [FIRST SEED]              sensors in-process, without the board
 *     study_analyze --firmware [PEOPLE] [FIRST SEED]   every sample through the real firmware and the wire
 *
 * Fails where issue figures are missed: tilt RMSE in holds at most 0.8 deg; every excursion at least 2 deg
 * beyond the threshold for 1.5 s flagged; none flagged that stayed 2 deg inside.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flight.h"
#include "host/core/units.h"
#include "host/session/analysis.h"

#define DIFFICULTY     0.7
#define RMSE_MOST_DEG  0.8
#define BEYOND_DEG     2.0
#define BEYOND_S       1.5
#define SLACK_S        0.5 /* a flag may begin and end this much beside the truth */
#define PEOPLE_DEFAULT 50
#define PEOPLE_MOST    5000

struct tally {
    int people_n, holds_n, good_mounts_n;
    int wanted_n, found_n, false_n;
    double rmse_deg[PEOPLE_MOST], worst_deg, onset_error_s[PEOPLE_MOST * 4];
    int rmse_n, onset_n;
};

static double truth_deg(const struct flight *flight, double t_s)
{
    return flight_truth(flight, t_s).tilt_rad * PLUMB_DEG_PER_RAD;
}

static void
compare_tilt(const struct flight *flight, const struct plumb_analysis *analysis, struct tally *tally)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < analysis->holds_n; i++)
        for (size_t row = analysis->holds[i].begin; row < analysis->holds[i].end; row++) {
            double error = (double)analysis->tilt_rad[row] * PLUMB_DEG_PER_RAD -
                           truth_deg(flight, flight->track.t_s[row]);
            sum += error * error;
            n++;
        }
    double rmse = n ? sqrt(sum / (double)n) : NAN;
    tally->rmse_deg[tally->rmse_n++] = rmse;
    tally->worst_deg = rmse > tally->worst_deg || isnan(rmse) ? rmse : tally->worst_deg;
}

static const struct plumb_flag *flag_within(const struct plumb_analysis *analysis, double from_s, double to_s)
{
    for (size_t i = 0; i < analysis->flags_n; i++) {
        const struct plumb_flag *flag = &analysis->flags[i];
        if (flag->kind == PLUMB_ANTERIOR_ROTATION && flag->start_s < to_s + SLACK_S &&
            flag->end_s > from_s - SLACK_S)
            return flag;
    }
    return NULL;
}

static void want_flag(
    const struct plumb_analysis *analysis, double crossed_s, double from_s, double to_s, struct tally *tally)
{
    if (to_s - from_s < BEYOND_S)
        return;
    const struct plumb_flag *flag = flag_within(analysis, from_s, to_s);
    tally->wanted_n++;
    tally->found_n += flag != NULL;
    if (flag)
        tally->onset_error_s[tally->onset_n++] = flag->onset_s - crossed_s;
}

/* Walks the truth through a hold: excursions that have to be flagged. */
static void compare_wanted(
    const struct flight *flight, const struct plumb_analysis *analysis, const struct plumb_hold_window *hold,
    struct tally *tally)
{
    double red_deg = analysis->thresholds[PLUMB_RIGHT].red_rad * PLUMB_DEG_PER_RAD;
    double from_s = NAN, crossed_s = NAN, end_s = flight->track.t_s[hold->end - 1];
    for (double t_s = flight->track.t_s[hold->begin]; t_s < end_s; t_s += 0.01) {
        double deg = truth_deg(flight, t_s);
        crossed_s = deg < red_deg ? NAN : isnan(crossed_s) ? t_s : crossed_s;
        if (deg >= red_deg + BEYOND_DEG && isnan(from_s))
            from_s = t_s;
        if (deg < red_deg + BEYOND_DEG && !isnan(from_s)) {
            want_flag(analysis, crossed_s, from_s, t_s, tally);
            from_s = NAN;
        }
    }
}

static void
compare_false(const struct flight *flight, const struct plumb_analysis *analysis, struct tally *tally)
{
    double red_deg = analysis->thresholds[PLUMB_RIGHT].red_rad * PLUMB_DEG_PER_RAD;
    for (size_t i = 0; i < analysis->flags_n; i++) {
        const struct plumb_flag *flag = &analysis->flags[i];
        double most_deg = -90;
        if (flag->kind != PLUMB_ANTERIOR_ROTATION)
            continue;
        for (double t_s = flag->onset_s - SLACK_S; t_s < flag->end_s; t_s += 0.01)
            most_deg = fmax(most_deg, truth_deg(flight, t_s));
        tally->false_n += most_deg < red_deg - BEYOND_DEG;
    }
}

static int study_one(struct flight *flight, const struct plumb_exercise *exercise, struct tally *tally)
{
    struct plumb_analysis analysis;
    struct plumb_analysis_params params;
    plumb_analysis_params_default(&params);
    params.exercise = exercise;
    if (plumb_analyze(&analysis, &params, &flight->track, flight->marks, flight->marks_n))
        return -1;
    tally->people_n++;
    tally->good_mounts_n += analysis.mount[PLUMB_PELVIS].quality == PLUMB_MOUNT_GOOD;
    tally->holds_n += (int)analysis.holds_n;
    compare_tilt(flight, &analysis, tally);
    for (size_t i = 0; i < analysis.holds_n; i++)
        compare_wanted(flight, &analysis, &analysis.holds[i], tally);
    compare_false(flight, &analysis, tally);
    if (getenv("PLUMB_EACH"))
        printf(
            "  seed %llu: RMSE %.3f deg, mount %s (doubts %x)\n", (unsigned long long)flight->seed,
            tally->rmse_deg[tally->rmse_n - 1],
            analysis.mount[PLUMB_PELVIS].quality == PLUMB_MOUNT_GOOD ? "good" : "approximate",
            analysis.mount[PLUMB_PELVIS].doubts);
    plumb_analysis_free(&analysis);
    return 0;
}

static int by_size(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

static double quantile(double *values, int n, double share)
{
    qsort(values, (size_t)n, sizeof *values, by_size);
    return n ? values[(int)(share * (n - 1) + 0.5)] : NAN;
}

static int report(struct tally *tally, const char *way)
{
    printf("%d people, %d holds, %s\n", tally->people_n, tally->holds_n, way);
    printf("  mount called good           %d of %d\n", tally->good_mounts_n, tally->people_n);
    printf(
        "  tilt RMSE in holds, deg     median %.2f, 95 %% %.2f, worst %.2f\n",
        quantile(tally->rmse_deg, tally->rmse_n, 0.5), quantile(tally->rmse_deg, tally->rmse_n, 0.95),
        tally->worst_deg);
    printf("  excursions to be flagged    %d, flagged %d\n", tally->wanted_n, tally->found_n);
    printf("  flags that should not be    %d\n", tally->false_n);
    printf(
        "  onset error, s              median %+.3f, 1 %% %+.3f, 99 %% %+.3f\n",
        quantile(tally->onset_error_s, tally->onset_n, 0.5),
        quantile(tally->onset_error_s, tally->onset_n, 0.01),
        quantile(tally->onset_error_s, tally->onset_n, 0.99));
    int bad = !(tally->worst_deg <= RMSE_MOST_DEG) || tally->found_n != tally->wanted_n || tally->false_n ||
              tally->people_n == 0;
    puts(bad ? "  FAILED: a figure is missed" : "  all figures hold");
    return bad;
}

int main(int argc, char **argv)
{
    int firmware = argc > 1 && strcmp(argv[1], "--firmware") == 0;
    int people = argc > 1 + firmware ? atoi(argv[1 + firmware]) : PEOPLE_DEFAULT;
    unsigned long long seed = argc > 2 + firmware ? strtoull(argv[2 + firmware], NULL, 10) : 1;
    struct tally *tally = calloc(1, sizeof *tally);
    struct plumb_exercise exercise;
    if (!tally || people < 1 || people > PEOPLE_MOST || flight_exercise(&exercise, "supine-edge"))
        return 2;
    for (int i = 0; i < people; i++) {
        struct flight flight;
        if (flight_fly(&flight, seed + (unsigned long long)i, DIFFICULTY, firmware) ||
            study_one(&flight, &exercise, tally))
            return 2;
        flight_free(&flight);
    }
    int bad = report(tally, firmware ? "through the real firmware" : "sensors in-process");
    free(tally);
    return bad;
}
