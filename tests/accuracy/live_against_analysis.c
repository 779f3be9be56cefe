/* Every shipped scenario with some seeds, live, afterwards and in truth: do they tell the same of the holds?
 *
 *     live_against_analysis [SEEDS] [SCENARIO]
 *
 * One line a scenario: means over the seeds, and the seed where live and the analysis were furthest apart.
 * With PLUMB_EACH set, every hold.
 */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flight.h"
#include "host/core/units.h"
#include "host/io/find_data.h"
#include "played.h"

#define SEEDS_DEFAULT 10
#define ENDING        ".scenario"
#define TALE_S        2.0 /* further apart than this, live and the analysis do not tell the same ... */
#define TALE_N        1   /* ... nor with more than so many excursions between them */

struct mean {
    double sum;
    int n;
};

struct tale {
    int runs_n, holds_n;
    struct mean in_zone_s[PLAYED_WAYS_N], excursions[PLAYED_WAYS_N];
    struct mean neutral_off_deg[2], neutral_apart_deg;
    double apart_s, apart_deg; /* the worst hold, the worst neutral */
    int apart_n;
    int worst_seed, odd_n;
};

static void add(struct mean *mean, double value)
{
    if (isnan(value))
        return;
    mean->sum += value;
    mean->n++;
}

static double of(const struct mean *mean)
{
    return mean->n ? mean->sum / mean->n : NAN;
}

/* ---- one run */

static void tell_hold(const struct played *played, int i, int seed)
{
    const struct plumb_hold *live = &played->holds[PLAYED_LIVE][i], *after = &played->holds[PLAYED_AFTER][i],
                            *truth = &played->holds[PLAYED_TRUTH][i];
    printf(
        "  seed %d, hold %d from %.2f s of %.1f: in the zone %.2f / %.2f / %.2f s, out %d / %d / %d, most "
        "%.2f / "
        "%.2f / %.2f deg\n",
        seed, i + 1, live->start_s, plumb_hold_elapsed_s(live), live->in_zone_s, after->in_zone_s,
        truth->in_zone_s, live->excursions, after->excursions, truth->excursions,
        live->worst_rad * PLUMB_DEG_PER_RAD, after->worst_rad * PLUMB_DEG_PER_RAD,
        truth->worst_rad * PLUMB_DEG_PER_RAD);
}

static void take_hold(struct tale *tale, const struct played *played, int i, int seed)
{
    const struct plumb_hold *live = &played->holds[PLAYED_LIVE][i], *after = &played->holds[PLAYED_AFTER][i];
    double apart_s = fabs(live->in_zone_s - after->in_zone_s);
    int apart_n = abs(live->excursions - after->excursions);
    for (int way = 0; way < PLAYED_WAYS_N; way++) {
        add(&tale->in_zone_s[way], played->holds[way][i].in_zone_s);
        add(&tale->excursions[way], played->holds[way][i].excursions);
    }
    tale->holds_n++;
    tale->odd_n += apart_s > TALE_S || apart_n > TALE_N;
    if (apart_s > tale->apart_s)
        tale->worst_seed = seed;
    tale->apart_s = fmax(tale->apart_s, apart_s);
    tale->apart_n = apart_n > tale->apart_n ? apart_n : tale->apart_n;
    if (getenv("PLUMB_EACH"))
        tell_hold(played, i, seed);
}

static const char *const quality[] = {"approximate", "good"};

static void take(struct tale *tale, const struct played *played, int seed)
{
    tale->runs_n++;
    tale->odd_n += played->holds_n[PLAYED_LIVE] != played->holds_n[PLAYED_AFTER];
    for (int i = 0; i < played->holds_n[PLAYED_LIVE]; i++)
        take_hold(tale, played, i, seed);
    for (int way = 0; way < 2; way++)
        add(&tale->neutral_off_deg[way], played->neutral_off_rad[way] * PLUMB_DEG_PER_RAD);
    add(&tale->neutral_apart_deg, played->neutral_apart_rad * PLUMB_DEG_PER_RAD);
    tale->apart_deg = fmax(tale->apart_deg, played->neutral_apart_rad * PLUMB_DEG_PER_RAD);
    if (getenv("PLUMB_EACH"))
        printf(
            "  seed %d: neutral off by %.2f / %.2f deg, apart by %.2f; axes apart by %.2f deg, %s / %s\n",
            seed, played->neutral_off_rad[0] * PLUMB_DEG_PER_RAD,
            played->neutral_off_rad[1] * PLUMB_DEG_PER_RAD, played->neutral_apart_rad * PLUMB_DEG_PER_RAD,
            played->mount_apart_rad * PLUMB_DEG_PER_RAD, quality[played->mount_good[0]],
            quality[played->mount_good[1]]);
}

/* ---- one scenario */

static void tell(const char *id, const struct tale *tale)
{
    const struct mean *s = tale->in_zone_s, *n = tale->excursions;
    if (!tale->holds_n) {
        printf("%-24s no holds\n", id);
        return;
    }
    printf(
        "%-24s %4d  %6.2f %6.2f %6.2f  %5.2f %5.2f %5.2f  %5.2f %5.2f %5.2f  %5.2f s %d, seed %d%s\n", id,
        tale->holds_n, of(&s[0]), of(&s[1]), of(&s[2]), of(&n[0]), of(&n[1]), of(&n[2]),
        of(&tale->neutral_off_deg[0]), of(&tale->neutral_off_deg[1]), tale->apart_deg, tale->apart_s,
        tale->apart_n, tale->worst_seed, tale->odd_n ? "  <- not the same" : "");
}

/* How many holds of it live and the analysis tell differently, or -1. */
static int play(const char *id, int seeds_n)
{
    struct tale tale = {0};
    struct plumb_scenario *scenario = malloc(sizeof *scenario);
    struct plumb_exercise exercise;
    struct played *played = malloc(sizeof *played);
    int fail = !scenario || !played;
    for (int seed = 1; !fail && seed <= seeds_n; seed++) {
        fail = played_scenario(scenario, id, seed);
        if (fail || !scenario->exercise[0])
            break;
        fail = flight_exercise(&exercise, scenario->exercise) || played_fly(played, scenario, &exercise);
        if (!fail)
            take(&tale, played, seed);
    }
    free(scenario);
    free(played);
    if (!fail)
        tell(id, &tale);
    return fail ? -1 : tale.odd_n;
}

/* ---- all of them */

static int is_scenario(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name), ending_n = strlen(ENDING);
    return n > ending_n && strcmp(entry->d_name + n - ending_n, ENDING) == 0;
}

static int list(struct dirent ***entries)
{
    char path[PLUMB_PATH_N];
    struct plumb_message message = {""};
    if (plumb_data_find("scenarios", ENDING, "still", path, &message))
        return -1;
    *strrchr(path, '/') = '\0';
    return scandir(path, entries, is_scenario, alphasort);
}

static int play_all(int seeds_n)
{
    struct dirent **entries = NULL;
    int n = list(&entries), odd_n = 0, fail = n <= 0;
    for (int i = 0; i < n; i++) {
        entries[i]->d_name[strlen(entries[i]->d_name) - strlen(ENDING)] = '\0';
        int one = fail ? 0 : play(entries[i]->d_name, seeds_n);
        fail |= one < 0;
        odd_n += one > 0 ? one : 0;
        free(entries[i]);
    }
    free(entries);
    return fail ? -1 : odd_n;
}

int main(int argc, char **argv)
{
    int seeds_n = argc > 1 ? atoi(argv[1]) : SEEDS_DEFAULT;
    printf(
        "%-24s holds   live  after  truth   live after truth   live after apart  furthest apart\n%-24s       "
        "in the zone, s        excursions         neutral off, deg\n",
        "", "");
    int odd_n = argc > 2 ? play(argv[2], seeds_n) : play_all(seeds_n);
    if (odd_n < 0)
        return 2;
    if (odd_n)
        printf("FAILED: %d holds are told differently\n", odd_n);
    else
        puts("live and afterwards the same is told of every hold");
    return odd_n > 0;
}
