/* A stored session to be looked at moment by moment: its rows in memory, what was held, flagged and marked,
 * and the words for any moment. Times begin with the session, at 0. */
#ifndef PLUMB_REPLAY_H
#define PLUMB_REPLAY_H

#include "../../store/store.h"
#include "../../view/session_strip.h"
#include "trace_fill.h"
#include "when_words.h"

#define PLUMB_REPLAY_HEAD_N  256
#define PLUMB_REPLAY_WORDS_N 400

/* Something that was done for a while, beside the holds. */
struct plumb_replay_phase {
    struct plumb_live_span span;
    const char *words; /* "tilting"; constant */
};

/* Big: on the heap. All arrays are owned. */
struct plumb_replay {
    int64_t session_id;
    char alias[PLUMB_REPLAY_HEAD_N], exercise[48], exercise_name[96]; /* exercise: its id */
    int both_sides;
    char when[PLUMB_WHEN_ROOM];
    int judged, at_once;  /* at_once: the exercise has no side */
    enum plumb_side side; /* begun with */
    enum plumb_pose pose[2];
    struct plumb_trace_limits limits[2];
    double zero_s, end_s;         /* of the first row in the recording's own time; of the last one here */
    struct plumb_trace_fill rows; /* its chart's rows, nothing else */
    struct plumb_trail whole;
    struct plumb_strip_hold *holds;
    struct plumb_live_span *spans; /* of the holds */
    enum plumb_side *sides;        /* of the holds */
    size_t holds_n;
    struct plumb_flag *flags;
    struct plumb_live_flag *bars; /* of the flags */
    size_t flags_n;
    struct plumb_live_mark *marks; /* notes, and moments that the user marked */
    size_t marks_n;
    struct plumb_replay_phase *phases;
    size_t phases_n;
    double *moments_s; /* rising: where a flag was raised, a moment marked, a hold begun */
    size_t moments_n;
};

/* What is at a moment. */
struct plumb_replay_at {
    double t_s, tilt_deg; /* NaN where nothing is known */
    enum plumb_zone zone;
    enum plumb_side side;
    int hold;          /* its number from 1; 0: none */
    int known;         /* 0: nothing came from the clip there */
    const char *phase; /* what else was done; NULL: nothing that is known */
};

/* "Anna: Edge of table, both sides": with the exercise called so. */
void plumb_replay_head(
    char out[PLUMB_REPLAY_HEAD_N], const struct plumb_replay *replay, const char *exercise_name);

/* Everything about a session (id 0: the newest). 0, or negative with message; free either way. */
int plumb_replay_load(
    struct plumb_replay *replay, struct plumb_store *store, int64_t session_id,
    struct plumb_message *message);

/* Of a dossier, whose rows are pulled; nothing of it is borrowed. As above. */
int plumb_replay_fill(
    struct plumb_replay *replay, struct plumb_dossier *dossier, struct plumb_message *message);

void plumb_replay_free(struct plumb_replay *replay);

/* The tilt from from_s to to_s, in stretches fine enough for any screen. Linear in its rows. */
void plumb_replay_window(
    const struct plumb_replay *replay, double from_s, double to_s, struct plumb_trail *trail);

struct plumb_replay_at plumb_replay_look(const struct plumb_replay *replay, double t_s);

/* "in the zone", "not judged", "no data here" */
const char *plumb_replay_zone_words(const struct plumb_replay_at *at);

/* "1:23, hold 2, left, in the zone, 3.1 degrees back" */
void plumb_replay_words(
    char out[PLUMB_REPLAY_WORDS_N], const struct plumb_replay *replay, const struct plumb_replay_at *at);

/* The flags that stand then and the note that was made just then: "pelvis tipping forward (measured), 9.9
 * degrees at most"; empty where there is none. */
void plumb_replay_flag_words(char out[PLUMB_REPLAY_WORDS_N], const struct plumb_replay *replay, double t_s);

#endif
