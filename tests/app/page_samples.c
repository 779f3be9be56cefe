#include "page_samples.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/app/shared/trend_say.h"
#include "host/core/units.h"
#include "host/io/load_exercise.h"
#include "suite.h"

#define WEEK_US (7 * 86400 * INT64_C(1000000))
#define HOURS_S 3700.0

/* A tongue without a words file has no names for exercises. */
#define NAMELESS "12345"

static int is_nameless(const struct plumb_tongue *tongue)
{
    return tongue && !tongue->words;
}

/* ---- what a session can be */

/* So many holds like the first, one after the other; on both sides where `both`. */
static void hold_often(struct plumb_dossier *dossier, size_t n, int both)
{
    double long_s = (dossier->last_s - dossier->first_s) / (double)n;
    struct plumb_dossier_hold first = dossier->holds[0];
    dossier->holds = realloc(dossier->holds, n * sizeof *dossier->holds);
    CU_ASSERT_PTR_NOT_NULL_FATAL(dossier->holds);
    for (size_t i = 0; i < n; i++) {
        struct plumb_dossier_hold *hold = &dossier->holds[i];
        *hold = first;
        hold->side = both && i < n / 2 ? PLUMB_LEFT : PLUMB_RIGHT;
        hold->target_s = 30;
        hold->hold.start_s = dossier->first_s + long_s * (double)i;
        hold->hold.end_s = hold->hold.start_s + 0.8 * long_s;
        hold->hold.excursions = (int)(i % 3);
        hold->neutral_change_rad = 4 * PLUMB_RAD_PER_DEG;
    }
    dossier->holds_n = n;
    dossier->both_sides = both;
}

/* Every kind on every basis, the last one still standing. */
static void flag_all(struct plumb_dossier *dossier)
{
    dossier->flags = realloc(dossier->flags, 2 * PLUMB_FLAGS_N * sizeof *dossier->flags);
    CU_ASSERT_PTR_NOT_NULL_FATAL(dossier->flags);
    for (int i = 0; i < 2 * PLUMB_FLAGS_N; i++) {
        double at_s = dossier->first_s + 5 + 7 * i;
        dossier->flags[i] = (struct plumb_flag){
            (enum plumb_flag_kind)(i / 2),
            i % 2 ? PLUMB_INFERRED : PLUMB_MEASURED,
            at_s,
            at_s + 0.7,
            i + 1 < 2 * PLUMB_FLAGS_N ? at_s + 4 : NAN,
            7 * PLUMB_RAD_PER_DEG};
    }
    dossier->flags_n = 2 * PLUMB_FLAGS_N;
}

static void be_one_side(struct plumb_dossier *dossier)
{
    dossier->patient.birth_year = 1984;
    dossier->thresholds[PLUMB_RIGHT].amber_rad = dossier->neutral.breath_pp_rad + 1 * PLUMB_RAD_PER_DEG;
}

static void be_both(struct plumb_dossier *dossier)
{
    hold_often(dossier, 8, 1);
    flag_all(dossier);
    strcpy(dossier->patient.code, "P-17");
    dossier->patient.birth_year = 1984;
    dossier->thresholds[PLUMB_LEFT].red_rad += 0.01;
    dossier->exercise.judges = (1u << PLUMB_FLAGS_N) - 1;
    dossier->mount[PLUMB_PELVIS].quality = PLUMB_MOUNT_APPROXIMATE;
    dossier->mount[PLUMB_PELVIS].doubts = PLUMB_DOUBT_NOT_LEVEL;
    dossier->quality.gaps_n = 3;
    dossier->note = strdup("12345");
    strcpy(
        dossier->device.calibration[PLUMB_PELVIS],
        "calibration from this computer: accelerometer measured on 2026-03-14, gyroscope not calibrated");
    strcpy(dossier->uuid, "0b5f2a44-0000");
    strcpy(dossier->device.serial, "0000002A");
    strcpy(dossier->device.sensor[PLUMB_PELVIS], "MPU-6050");
}

static void be_at_once(struct plumb_dossier *dossier)
{
    hold_often(dossier, 30, 0);
    dossier->exercise.order = PLUMB_ORDER_BOTH_AT_ONCE;
    dossier->exercise.judges |= 1u << PLUMB_LUMBAR_ARCH;
    strcpy(dossier->patient.code, "P-17");
    dossier->roles = (1u << PLUMB_ROLES_N) - 1;
    dossier->quality.gaps_n = 1;
    dossier->id = 7;
    dossier->tremor_rad = 0.001;
    for (size_t i = 1; i < dossier->holds_n; i++)
        dossier->holds[i].neutral_change_rad = i % 2 ? NAN : 0;
}

static void be_counted(struct plumb_dossier *dossier)
{
    dossier->exercise.judged = 0;
    dossier->mount_from = PLUMB_FROM_SEARCH;
    dossier->mount[PLUMB_PELVIS].method = PLUMB_MOUNT_FUNCTIONAL;
    dossier->neutral_from = PLUMB_FROM_SEARCH;
}

static void be_repeated(struct plumb_dossier *dossier)
{
    dossier->exercise.judged = 0;
    dossier->holds_n = 0;
    dossier->exercise.steps_n = 2;
    dossier->exercise.steps[0] = (struct plumb_step){.kind = PLUMB_STEP_REPS, .count = 12};
    dossier->exercise.steps[1] = (struct plumb_step){.kind = PLUMB_STEP_BREATHS, .count = 20};
}

static void be_without_a_hold(struct plumb_dossier *dossier)
{
    dossier->holds_n = dossier->flags_n = 0;
    dossier->side = PLUMB_LEFT;
    dossier->neutral_from = PLUMB_FROM_NOTHING;
    dossier->neutral.breath_per_min = 0;
    strcpy(
        dossier->device.calibration[PLUMB_PELVIS],
        "calibration from the clip's own memory, measured on 2026-03-14");
}

static void be_a_recording(struct plumb_dossier *dossier)
{
    dossier->begun_utc_us = 0;
    dossier->exercise.name[0] = dossier->exercise.id[0] = '\0';
    dossier->patient.alias[0] = '\0';
    dossier->mount[PLUMB_PELVIS].method = PLUMB_MOUNT_ASSUMED;
    dossier->roles = 0;
}

static void (*const BE[PAGE_SAMPLES_N])(struct plumb_dossier *dossier) = {
    be_one_side, be_both, be_at_once, be_counted, be_repeated, be_without_a_hold, be_a_recording};

/* ---- the page */

static void say_trends(struct page_sampled *sampled, const struct plumb_tongue *tongue)
{
    const double day[] = {0, 1, 2, 3, 30, 31, 32, 33};
    struct plumb_past_hold holds[16];
    for (int i = 0; i < 16; i++) {
        int later = i % 8 >= 4, better = i < 8;
        holds[i] = (struct plumb_past_hold){
            "edge",
            i < 8 ? PLUMB_LEFT : PLUMB_RIGHT,
            day[i % 8],
            60,
            later == better ? 60 : 10,
            60,
            0.2 - 0.15 * (later == better),
            later == better ? 0 : 9};
    }
    const char *words[2] = {plumb_said(tongue, "Left"), plumb_said(tongue, "Right")};
    for (int i = 0; i < 3; i++) {
        plumb_trend_say(
            sampled->sentence[i], sizeof sampled->sentence[i], tongue, "edge",
            i % 2 ? PLUMB_RIGHT : PLUMB_LEFT, words[i % 2], i < 2 ? 33 : 3, holds, 16);
        sampled->trend[i] = sampled->sentence[i];
    }
}

static void look_back(struct page_sampled *sampled, int both)
{
    for (int i = 0; i < 12; i++)
        sampled->past[i] = (struct plumb_page_past){
            PLAYED_UTC_US - (i % 8) * WEEK_US, 3600, {both ? 11.5 * i : NAN, i == 3 ? HOURS_S : 9.25 * i}};
}

struct page_sampled *page_sample_make(enum page_sample which, const struct plumb_tongue *tongue)
{
    struct page_sampled *sampled = calloc(1, sizeof *sampled);
    struct plumb_message message = {""};
    CU_ASSERT_PTR_NOT_NULL_FATAL(sampled);
    sampled->played = play(MANNER_SLOPPY);
    BE[which](&sampled->played->dossier);
    if (is_nameless(tongue) && which != SAMPLE_RECORDING)
        strcpy(sampled->played->dossier.exercise.name, NAMELESS);
    say_trends(sampled, tongue);
    look_back(sampled, which == SAMPLE_BOTH);
    struct plumb_page_ask ask = {
        .dossier = &sampled->played->dossier,
        .source = which == SAMPLE_RECORDING ? "/12345" : NULL,
        .past = sampled->past,
        .past_n = which == SAMPLE_RECORDING ? 0 : 12,
        .trend = sampled->trend,
        .trend_n = which == SAMPLE_NO_HOLD ? 0 : 3,
        .program = "plumb",
        .tongue = tongue};
    CU_ASSERT_EQUAL_FATAL(plumb_page_fill(&sampled->fill, &ask, &message), 0);
    return sampled;
}

void page_sample_free(struct page_sampled *sampled)
{
    plumb_page_fill_free(&sampled->fill);
    unplay(sampled->played);
    free(sampled);
}

/* ---- a patient */

static const char *const EXERCISES[] = {"supine-edge", "half-kneeling", "prone-strap",       "frog",
                                        "psoas-split", "knee-drop",     "sidelying-release", ""};

static void about(void *context, const char *exercise, struct plumb_patient_ask_exercise *about)
{
    const struct patient_sampled *sampled = context;
    about->week_s = strcmp(exercise, "frog") == 0 ? NAN : 180;
    about->at_once = strcmp(exercise, "knee-drop") == 0;
    about->trend[0] = plumb_said(sampled->tongue, "no clear change");
}

/* As the store keeps it: in English. */
static void name(struct plumb_store_session *session, const struct plumb_tongue *tongue)
{
    char path[256];
    struct plumb_exercise exercise;
    struct plumb_message message = {""};
    snprintf(path, sizeof path, PLUMB_SOURCE_DIR "/host/exercises/%s.exercise", session->exercise);
    if (session->exercise[0] && plumb_exercise_load(&exercise, path, &message) == 0)
        strcpy(session->exercise_name, is_nameless(tongue) ? NAMELESS : exercise.name);
}

struct patient_sampled *patient_sample_make(size_t n, const struct plumb_tongue *tongue)
{
    struct patient_sampled *sampled = calloc(1, sizeof *sampled);
    CU_ASSERT_FATAL(sampled && n <= sizeof sampled->sessions / sizeof *sampled->sessions);
    sampled->tongue = tongue;
    sampled->who = (struct plumb_dossier_patient){.alias = "Anna", .code = "P-17", .birth_year = 1984};
    for (size_t i = 0; i < n; i++) {
        struct plumb_store_session *session = &sampled->sessions[i];
        *session = (struct plumb_store_session){
            .begun_utc_us = PLAYED_UTC_US - (int64_t)i * WEEK_US / 8,
            .utc_offset_s = 3600,
            .in_zone_s = {i % 8 == 2 ? NAN : 31.5, i == 1 ? HOURS_S : 58},
            .worst_rad = {NAN, 0.15},
            .holds_n = {i % 8 == 2 ? 0 : 2, 3},
            .excursions = {1, 2}};
        strcpy(session->exercise, EXERCISES[i % 8]);
        name(session, tongue);
    }
    struct plumb_patient_ask ask = {&sampled->who, sampled->sessions, n, about, sampled, "plumb", tongue};
    plumb_patient_fill(&sampled->fill, &ask);
    return sampled;
}
