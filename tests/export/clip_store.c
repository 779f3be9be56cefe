/* clip_store STORE SECONDS EXERCISE_FILE: a session of two sensors at 200 Hz in a store, as live records it:
 * bytes of the link with the jitter of a port, a cut line and a reset, markers, a note, what the user says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/io/file_read.h"
#include "host/io/load_exercise.h"
#include "store/clip_line.h"
#include "store/recorder.h"

static const struct {
    double share; /* of the session's length */
    const char *text;
} marks[] = {
    {0.02, "neutral_begin"}, {0.1, "neutral_end"},
    {0.12, "hold_begin"},    {0.2, "note:=1+1 \u00fc \"q\", x\ny"},
    {0.45, "hold_end"},      {0.6, "hold_begin"},
    {0.7, "note:second"},    {0.9, "hold_end"},
};
#define MARKS_N (sizeof marks / sizeof *marks)

static int fail_with(const struct plumb_message *message)
{
    fprintf(stderr, "clip_store: %s\n", message->text);
    return 1;
}

static void run(struct clip_line *line, struct recorder *recorder, double seconds)
{
    size_t mark = 0;
    for (double at_s = 0; at_s < seconds; at_s += 0.5) {
        if (at_s >= 0.3 * seconds && at_s < 0.3 * seconds + 0.5)
            clip_line_cut(line, 2);
        for (; mark < MARKS_N && at_s >= marks[mark].share * seconds && recorder->n; mark++)
            plumb_keep_mark(recorder->keep, recorder->samples[recorder->n - 1].t_s, marks[mark].text);
        clip_line_run(line, 0.5, recorder_take, recorder);
    }
}

static struct plumb_keep *begin(
    const char *store, const char *exercise_file, struct plumb_exercise *exercise, int64_t host_us,
    struct plumb_message *message)
{
    char *text = NULL;
    size_t n;
    int fail = plumb_file_read(&text, &n, exercise_file, 1 << 20, message);
    if (!fail)
        fail = plumb_exercise_read(exercise, exercise_file, text, n, message);
    struct plumb_keep_begin how = {
        .store = store,
        .patient = "Zo\u00eb =1+1 \U0001F9B4",
        .exercise_text = text,
        .exercise = exercise,
        .side = PLUMB_RIGHT,
        .source = "a clip by formula",
        .program = "test 1",
        .host_us = host_us,
        .utc_us = INT64_C(1767349230123456),
        .waits = 1};
    struct plumb_keep *keep = fail ? NULL : plumb_keep_begin(&how, &fail, message);
    free(text);
    return keep;
}

int main(int argc, char **argv)
{
    struct plumb_message message = {""};
    struct plumb_exercise exercise;
    struct clip_line line;
    int fail = 0;
    if (argc < 4) {
        fputs("usage: clip_store STORE SECONDS EXERCISE_FILE\n", stderr);
        return 2;
    }
    struct recorder *recorder = recorder_new(NULL, NULL);
    clip_line_begin(&line, 2, 7);
    recorder->keep = begin(argv[1], argv[3], &exercise, line.host_us, &message);
    if (!recorder->keep)
        return fail_with(&message);
    int64_t id = plumb_keep_session(recorder->keep);
    clip_line_hello(&line, 0);
    run(&line, recorder, atof(argv[2]));
    if (plumb_keep_end(recorder->keep, "done", &message))
        return fail_with(&message);
    recorder_free(recorder);
    struct plumb_store *store = plumb_store_open(argv[1], &fail, &message);
    if (!store || plumb_store_annotate(store, id, "=SUM(A1)\nline two", "a b", &message))
        return fail_with(&message);
    plumb_store_close(store);
    return 0;
}
