#include "stretch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/mark.h"
#include "host/io/file_read.h"
#include "host/io/load_exercise.h"
#include "host/store/keep.h"
#include "suite.h"

static void path_of(const char *exercise, char *path, size_t n)
{
    snprintf(path, n, PLUMB_SOURCE_DIR "/host/exercises/%s.exercise", exercise);
}

static struct plumb_keep *begin(const struct stretch *stretch, const struct plumb_exercise *exercise)
{
    char path[512], *text = NULL;
    size_t n = 0;
    int fail = 0;
    struct plumb_message message = {""};
    path_of(stretch->exercise, path, sizeof path);
    CU_ASSERT_EQUAL_FATAL(plumb_file_read(&text, &n, path, 1 << 20, &message), 0);
    struct plumb_keep_begin begin = {
        .store = stretch->store,
        .patient = stretch->patient,
        .exercise_text = text,
        .exercise = exercise,
        .side = PLUMB_RIGHT,
        .both_sides = stretch->both,
        .source = "a virtual patient",
        .program = "plumb test",
        .utc_us = stretch->utc_us,
        .waits = 1};
    struct plumb_keep *keep = plumb_keep_begin(&begin, &fail, &message);
    CU_ASSERT_EQUAL_FATAL(fail, 0);
    free(text);
    return keep;
}

static void keep_mark(struct plumb_keep *keep, const struct plumb_mark *mark)
{
    char text[300];
    snprintf(text, sizeof text, "%s%s", plumb_marker_name(mark->kind), mark->note ? mark->note : "");
    plumb_keep_mark(keep, mark->t_s, text);
}

int64_t stretch_keep(const struct stretch *stretch)
{
    char path[512];
    struct plumb_message message = {""};
    struct plumb_exercise *exercise = calloc(1, sizeof *exercise);
    struct rehearsal *played = calloc(1, sizeof *played);
    path_of(stretch->exercise, path, sizeof path);
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_load(exercise, path, &message), 0);
    rehearse(played, exercise, stretch->manner, stretch->both, 900, NULL);
    struct plumb_keep *keep = begin(stretch, exercise);
    int64_t id = plumb_keep_session(keep);
    size_t mark = 0;
    for (size_t i = 0; i < played->track.n; i++) {
        struct plumb_sample sample = plumb_track_at(&played->track, i);
        plumb_keep_sample(keep, (int64_t)(sample.t_s * 1e6), &sample);
        for (; mark < played->marks_n && played->marks[mark].row <= i; mark++)
            keep_mark(keep, &played->marks[mark]);
    }
    for (int i = 0; i < played->sides_n; i++)
        plumb_keep_mark(
            keep, played->turned_s[i], played->turned[i] == PLUMB_LEFT ? "side:left" : "side:right");
    CU_ASSERT_EQUAL(plumb_keep_end(keep, "done", &message), 0);
    rehearsal_free(played);
    free(played);
    free(exercise);
    return id;
}
