/* Trends on people made by chance: who has not changed hardly ever hears of a change, who has changed a lot
 * nearly always does. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "host/core/trend.h"
#include "host/core/units.h"
#include "host/patient/rng.h"
#include "suite.h"

#define DEG      PLUMB_RAD_PER_DEG
#define PEOPLE_N 1000
#define MOST_N   14

/* How somebody is from session to session: the tilt at the worst moment, its spread, how often they leave the
 * zone and how that spreads. */
struct person {
    double worst_deg, worst_sd_deg, excursions_per_min, excursions_sd, out_s;
};

/* Spreads from well below the noise floor of EVIDENCE to well above it. */
static struct person somebody(struct plumb_rng *rng)
{
    return (struct person){
        plumb_rng_uniform(rng, 3, 12), plumb_rng_uniform(rng, 1, 5), plumb_rng_uniform(rng, 0, 3),
        plumb_rng_uniform(rng, 0.2, 0.9), plumb_rng_uniform(rng, 1, 8)};
}

/* Poisson (Knuth). */
static int counted(struct plumb_rng *rng, double mean)
{
    int n = -1;
    double left = exp(mean);
    for (; left > 1; n++)
        left *= plumb_rng_uniform(rng, 0, 1);
    return n < 0 ? 0 : n;
}

static struct plumb_trend_session session_of(const struct person *person, double day, struct plumb_rng *rng)
{
    struct plumb_trend_session session = {.day = day};
    double elapsed_s = plumb_rng_uniform(rng, 60, 180);
    double rate = fmax(0, person->excursions_per_min + person->excursions_sd * plumb_rng_normal(rng));
    session.elapsed_s = elapsed_s;
    session.excursions = counted(rng, rate * elapsed_s / 60);
    session.in_zone_s =
        elapsed_s -
        fmin(0.9 * elapsed_s, session.excursions * person->out_s * plumb_rng_uniform(rng, 0.5, 1.5));
    session.worst_rad = fmax(0, person->worst_deg + person->worst_sd_deg * plumb_rng_normal(rng)) * DEG;
    return session;
}

static void
week(struct plumb_trend_session *sessions, int n, const struct person *person, struct plumb_rng *rng)
{
    for (int i = 0; i < n; i++)
        sessions[i] = session_of(person, i, rng);
}

static int is_clear(enum plumb_trend_verdict verdict)
{
    return verdict == PLUMB_TREND_MORE_CONTROL || verdict == PLUMB_TREND_LESS_CONTROL;
}

/* How many of the people hear of a change in any measure; a week of n sessions against another. */
static int false_alarms(int n)
{
    int alarms = 0;
    struct plumb_rng rng = plumb_rng_of((uint64_t)n);
    for (int i = 0; i < PEOPLE_N; i++) {
        struct plumb_trend_session first[MOST_N], second[MOST_N];
        struct plumb_trend trends[PLUMB_TREND_MEASURES_N];
        struct person person = somebody(&rng);
        week(first, n, &person, &rng);
        week(second, n, &person, &rng);
        plumb_trend_compare(trends, first, (size_t)n, second, (size_t)n);
        alarms += is_clear(trends[0].verdict) || is_clear(trends[1].verdict) || is_clear(trends[2].verdict);
    }
    printf("%2d sessions against %2d: %d of %d unchanged people hear of a change\n", n, n, alarms, PEOPLE_N);
    return alarms;
}

static void test_who_has_not_changed_hears_of_no_change(void)
{
    static const int weeks[] = {1, 2, 3, 5, 7, 14};
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++)
        CU_ASSERT(false_alarms(weeks[i]) <= PEOPLE_N / 20);
}

/* From falling out of the zone four times a minute to once, from 14 deg at worst to 5. */
static void test_a_large_change_is_found(void)
{
    int found[PLUMB_TREND_MEASURES_N] = {0}, any = 0, wrong = 0;
    struct plumb_rng rng = plumb_rng_of(3);
    for (int i = 0; i < PEOPLE_N; i++) {
        struct plumb_trend_session first[7], second[7];
        struct plumb_trend trends[PLUMB_TREND_MEASURES_N];
        struct person before = {14, plumb_rng_uniform(&rng, 1, 4), 4, plumb_rng_uniform(&rng, 0.2, 0.9), 6};
        struct person after = {5, before.worst_sd_deg, 0.7, before.excursions_sd, 4};
        week(first, 7, &before, &rng);
        week(second, 7, &after, &rng);
        plumb_trend_compare(trends, first, 7, second, 7);
        int heard = 0;
        for (int m = 0; m < PLUMB_TREND_MEASURES_N; m++) {
            found[m] += trends[m].verdict == PLUMB_TREND_MORE_CONTROL;
            heard |= trends[m].verdict == PLUMB_TREND_MORE_CONTROL;
            wrong += trends[m].verdict == PLUMB_TREND_LESS_CONTROL;
        }
        any += heard;
    }
    printf(
        "a large change: %d of %d hear of it (zone %d, excursions %d, worst %d)\n", any, PEOPLE_N, found[0],
        found[1], found[2]);
    CU_ASSERT_EQUAL(wrong, 0);
    for (int m = 0; m < PLUMB_TREND_MEASURES_N; m++)
        CU_ASSERT(found[m] > PEOPLE_N * 9 / 10);
}

static void test_without_sessions_nothing_is_said(void)
{
    struct plumb_trend trends[PLUMB_TREND_MEASURES_N];
    struct plumb_trend_session one = {1, 30, 40, 0.1, 2};
    plumb_trend_compare(trends, NULL, 0, &one, 1);
    CU_ASSERT_EQUAL(trends[0].verdict, PLUMB_TREND_UNKNOWN);
    CU_ASSERT(isnan(trends[0].first));
    CU_ASSERT_DOUBLE_EQUAL(trends[0].second, 45, 1e-9);
    CU_ASSERT_STRING_EQUAL(
        plumb_trend_words(PLUMB_TREND_WORST, trends[2].verdict), "no sessions to compare with");
}

static void test_holds_of_a_session_are_taken_together(void)
{
    const struct plumb_past_hold holds[] = {
        {"edge", PLUMB_LEFT, 1.5, 30, 30, 40, 0.10, 1},  {"edge", PLUMB_RIGHT, 1.5, 30, 30, 40, 0.30, 9},
        {"edge", PLUMB_LEFT, 1.5, 30, 20, 20, 0.05, 2},  {"edge", PLUMB_LEFT, 2.5, 30, 10, 20, 0.02, 0},
        {"slide", PLUMB_LEFT, 2.5, 30, 10, 20, 0.02, 0}, {"edge", PLUMB_LEFT, 3.5, 30, 0, 0, 0, 0},
    };
    struct plumb_trend_session sessions[3];
    CU_ASSERT_EQUAL_FATAL(plumb_trend_sessions(sessions, 3, "edge", PLUMB_LEFT, 0, 9, holds, 6), 2);
    CU_ASSERT_EQUAL(sessions[0].in_zone_s, 50);
    CU_ASSERT_EQUAL(sessions[0].excursions, 3);
    CU_ASSERT_EQUAL(sessions[0].worst_rad, 0.10);
    CU_ASSERT_EQUAL(plumb_trend_sessions(sessions, 3, "edge", PLUMB_LEFT, 2, 9, holds, 6), 1);
    CU_ASSERT_EQUAL_FATAL(plumb_trend_sessions(sessions, 1, "edge", PLUMB_LEFT, 0, 9, holds, 6), 1);
    CU_ASSERT_EQUAL(sessions[0].day, 2.5);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"unchanged", test_who_has_not_changed_hears_of_no_change},
        {"changed", test_a_large_change_is_found},
        {"nothing", test_without_sessions_nothing_is_said},
        {"sessions", test_holds_of_a_session_are_taken_together},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("trend", tests, argc, argv);
}
