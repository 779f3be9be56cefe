#include "recorder_csv.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../io/message_fail.h"

/* ---- before the first sample */

/* Said before the guidance begins, not at its first sample. */
static int check(const struct plumb_recorder *recorder, struct plumb_message *message)
{
    char part[sizeof recorder->csv + 8], folder[sizeof recorder->csv];
    snprintf(part, sizeof part, "%s.part", recorder->csv);
    snprintf(folder, sizeof folder, "%s", recorder->csv);
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    if (access(recorder->csv, F_OK) == 0 || access(part, F_OK) == 0)
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s is there already: a recording is never written over", recorder->csv);
    if (access(slash ? (*folder ? folder : "/") : ".", W_OK))
        return plumb_message_fail(
            message, PLUMB_NO_RIGHT, "%s: the folder cannot be written (--record FILE names another)",
            recorder->csv);
    return 0;
}

int plumb_recorder_csv_open(struct plumb_recorder *recorder, const char *path, struct plumb_message *message)
{
    if (snprintf(recorder->csv, sizeof recorder->csv, "%s", path) >= (int)sizeof recorder->csv)
        return plumb_message_fail(message, PLUMB_USAGE, "the name of the recording is too long");
    int fail = check(recorder, message);
    if (fail)
        recorder->csv[0] = '\0';
    return fail;
}

/* ---- rows */

/* The sensors that the clip says it has; a replay says nothing and brings them with its samples. */
static unsigned roles_of(const struct plumb_session *session)
{
    unsigned roles = session->roles;
    for (int imu = 0; imu < session->hello.imus_n; imu++)
        if (session->hello.imus[imu].present && session->hello.imus[imu].role < PLUMB_ROLES_N)
            roles |= 1u << session->hello.imus[imu].role;
    return roles;
}

static int write_row(
    struct plumb_recorder *recorder, const struct plumb_session *session, const struct plumb_event *event,
    int64_t now_us, struct plumb_message *message)
{
    int fail = 0;
    if (!recorder->rows)
        recorder->rows = plumb_save_raw_open(recorder->csv, roles_of(session), &fail, message);
    return fail ? fail
                : plumb_save_raw_row(recorder->rows, &event->row.sample, event->row.marker, now_us, message);
}

int plumb_recorder_csv_row(
    struct plumb_recorder *recorder, const struct plumb_session *session, const struct plumb_event *event,
    int64_t now_us, struct plumb_message *message)
{
    if (!recorder->csv[0] || recorder->fail)
        return 0;
    return recorder->fail = write_row(recorder, session, event, now_us, message);
}

int plumb_recorder_csv_tick(struct plumb_recorder *recorder, int64_t now_us, struct plumb_message *message)
{
    if (!recorder->rows || recorder->fail)
        return 0;
    return recorder->fail = plumb_save_raw_tick(recorder->rows, now_us, message);
}

int plumb_recorder_csv_close(struct plumb_recorder *recorder, struct plumb_message *message)
{
    int was = recorder->fail;
    int closing = plumb_save_raw_close(recorder->rows, message);
    recorder->rows = NULL;
    recorder->fail = was ? was : closing;
    return was ? 0 : closing;
}
