/* The raw CSV beside the store. */
#ifndef PLUMB_RECORDER_CSV_H
#define PLUMB_RECORDER_CSV_H

#include "recorder.h"

/* Makes sure that it can be written. 0 or negative with message. */
int plumb_recorder_csv_open(struct plumb_recorder *recorder, const char *path, struct plumb_message *message);

/* One sample event. 0, or negative where it has just broken off. */
int plumb_recorder_csv_row(
    struct plumb_recorder *recorder, const struct plumb_session *session, const struct plumb_event *event,
    int64_t now_us, struct plumb_message *message);

int plumb_recorder_csv_tick(struct plumb_recorder *recorder, int64_t now_us, struct plumb_message *message);

/* Gives the file its name. */
int plumb_recorder_csv_close(struct plumb_recorder *recorder, struct plumb_message *message);

#endif
