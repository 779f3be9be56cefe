/* store_victim SECONDS PACE: records a clip into the user's store, PACE times as fast as time passes, and
 * says on standard output how far it is ("at MICROSECONDS", counted from the begin) and at last what the
 * store said ("end CODE MESSAGE"). Somebody else kills it, or makes its writes fail. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "clip_line.h"
#include "recorder.h"

#define PIECE_S 0.02

static void wait_s(double s)
{
    struct timespec wait = {(time_t)s, (long)((s - (double)(time_t)s) * 1e9)};
    nanosleep(&wait, NULL);
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? atof(argv[1]) : 1, pace = argc > 2 ? atof(argv[2]) : 1;
    struct plumb_message message = {""};
    struct clip_line line;
    struct plumb_keep_begin begin = {
        .patient = "victim", .side = PLUMB_RIGHT, .source = "a test", .program = "test 1"};
    struct recorder *recorder = recorder_new(NULL, NULL);
    setvbuf(stdout, NULL, _IOLBF, 0);
    clip_line_begin(&line, 1, 7);
    begin.host_us = line.host_us;
    int64_t begun_us = line.host_us;
    recorder->keep = plumb_keep_begin(&begin, &recorder->fail, &message);
    if (!recorder->keep) {
        printf("end %d %s\n", recorder->fail, message.text);
        return 0;
    }
    clip_line_hello(&line, 0);
    for (double at_s = 0; at_s < seconds; at_s += PIECE_S) {
        clip_line_run(&line, PIECE_S, recorder_take, recorder);
        printf("at %lld\n", (long long)(line.host_us - begun_us));
        wait_s(PIECE_S / pace);
    }
    int fail = plumb_keep_end(recorder->keep, "done", &message);
    printf("end %d %s\n", fail, message.text);
    recorder_free(recorder);
    return 0;
}
