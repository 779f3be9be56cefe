/* A stored session whole in memory. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../io/message_fail.h"
#include "sql.h"
#include "stored.h"

struct room {
    size_t rows, marks;
};

static int grow(void **array, size_t n, size_t of_n)
{
    void *more = realloc(*array, n * of_n);
    if (!more)
        return -1;
    *array = more;
    return 0;
}

static int grow_track(struct plumb_track *track, unsigned roles, size_t n)
{
    int fail = grow((void **)&track->t_s, n, sizeof *track->t_s) || grow((void **)&track->present, n, 1) ||
               grow((void **)&track->flags, n, 1);
    for (int role = 0; role < PLUMB_ROLES_N && !fail; role++)
        if (roles & (1u << role))
            fail = grow((void **)&track->imu[role], n, sizeof *track->imu[role]);
    return fail;
}

static int make_room(struct plumb_recording *recording, struct room *room)
{
    if (recording->track.n < room->rows)
        return 0;
    room->rows = room->rows ? 2 * room->rows : 4096;
    return grow_track(&recording->track, recording->roles, room->rows);
}

static void add_row(struct plumb_recording *recording, const struct plumb_sample *sample)
{
    static const struct plumb_imu_packed missing = {{NAN, NAN, NAN}, {NAN, NAN, NAN}, NAN};
    struct plumb_track *track = &recording->track;
    size_t i = track->n++;
    track->t_s[i] = sample->t_s;
    track->flags[i] = (unsigned char)sample->flags;
    track->present[i] = (unsigned char)(sample->present & recording->roles);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (track->imu[role])
            track->imu[role][i] = plumb_sample_has(sample, (enum plumb_role)role)
                                      ? plumb_imu_pack(&sample->imu[role])
                                      : missing;
}

/* A text that names no marker (a later version's) is left out. */
static int add_mark(struct plumb_recording *recording, struct room *room, const char *text)
{
    struct plumb_mark mark = {.row = recording->track.n - 1};
    mark.t_s = recording->track.t_s[mark.row];
    if (!plumb_marker_find(text, strlen(text), &mark.kind))
        return 0;
    if (recording->marks_n == room->marks) {
        size_t n = room->marks ? 2 * room->marks : 64;
        if (grow((void **)&recording->marks, n, sizeof mark))
            return -1;
        room->marks = n;
    }
    if (mark.kind == PLUMB_NOTE && !(mark.note = strdup(text + strlen(PLUMB_MARKER_NOTE))))
        return -1;
    recording->marks[recording->marks_n++] = mark;
    return 0;
}

static int
read_all(struct plumb_stored *stored, struct plumb_recording *recording, struct plumb_message *message)
{
    struct room room = {0};
    struct plumb_stored_row row;
    int more, bad = 0;
    while (!bad && (more = plumb_stored_next(stored, &row, message)) > 0) {
        bad = make_room(recording, &room);
        if (!bad)
            add_row(recording, &row.sample);
        if (!bad && row.marker)
            bad = add_mark(recording, &room, row.marker);
    }
    if (!bad && recording->track.n)
        grow_track(&recording->track, recording->roles, recording->track.n);
    return bad ? plumb_message_fail(message, PLUMB_FAILED, "out of memory") : more;
}

int plumb_stored_load(
    struct plumb_store *store, int64_t session_id, struct plumb_recording *recording,
    struct plumb_message *message)
{
    int fail = 0;
    *recording = (struct plumb_recording){0};
    int roles = plumb_stored_roles(store, session_id, message);
    if (roles < 0)
        return roles;
    recording->roles = (unsigned)roles;
    struct plumb_stored *stored = plumb_stored_open(store, session_id, &fail, message);
    if (stored)
        fail = read_all(stored, recording, message);
    plumb_stored_close(stored);
    if (fail)
        plumb_recording_free(recording);
    return fail;
}
