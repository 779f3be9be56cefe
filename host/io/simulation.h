/* A run of the real firmware on the emulated board with a patient or a recording to feel: step by step, as
 * fast as the caller likes. The same options and the same bytes down at the same steps give the same run, bit
 * for bit.
 */
#ifndef PLUMB_SIMULATION_H
#define PLUMB_SIMULATION_H

#include "feed.h"

struct plumb_simulation; /* owned by who opened it */

struct plumb_simulation_options {
    struct plumb_feed_options feed;
    const char *truth_path; /* where to write what really happened, or NULL */
    const char *image_path; /* the firmware, or NULL for the one that was built */
};

enum plumb_simulation_kind {
    PLUMB_SIMULATION_BYTES,  /* left the board on the serial line */
    PLUMB_SIMULATION_PINS,   /* LED, buzzer, vibration: enum plumb_pins_bit */
    PLUMB_SIMULATION_UNPLUG, /* somebody pulls the plug: bytes of both ways are lost from here on */
    PLUMB_SIMULATION_PLUG,   /* and puts it back: the board starts anew */
};

struct plumb_simulation_event {
    enum plumb_simulation_kind kind;
    int64_t world_us;     /* by a true clock */
    const uint8_t *bytes; /* BYTES: borrowed until the next step */
    size_t bytes_n;
    unsigned pins; /* PINS */
};

/* As the emulator counts. */
struct plumb_simulation_tally {
    uint64_t world_us, cycles, asleep_cycles;
    uint32_t resets;
    uint16_t stack_n;
};

/* NULL with *fail and message set. */
struct plumb_simulation *plumb_simulation_open(
    const struct plumb_simulation_options *options, int *fail, struct plumb_message *message);

/* Runs the next milliseconds (1..100) of world time. 1 while there is more to come, 0 when the patient or the
 * recording is over (the truth is then written), negative enum plumb_fail with message when the emulator is
 * lost or the truth cannot be written. Events not yet taken are dropped. */
int plumb_simulation_step(struct plumb_simulation *simulation, int ms, struct plumb_message *message);

/* The next event of the last step, in order of time; 1, or 0 when there are no more. */
int plumb_simulation_next(struct plumb_simulation *simulation, struct plumb_simulation_event *event);

/* Bytes for the board, put on its line at the begin of the next step. 0, or PLUMB_FAILED when more than a few
 * thousand wait already (none is taken then). */
int plumb_simulation_put(struct plumb_simulation *simulation, const uint8_t *bytes, size_t n);

/* The session asks for that step in that pose, from the moment reached on (plumb_feed_asked). */
void plumb_simulation_asked(
    struct plumb_simulation *simulation, const struct plumb_step *step, enum plumb_pose pose);

int64_t plumb_simulation_world_us(const struct plumb_simulation *simulation);
struct plumb_simulation_tally plumb_simulation_tally(const struct plumb_simulation *simulation);
const struct plumb_scenario *plumb_simulation_scenario(const struct plumb_simulation *simulation);

/* Ends the emulator and finishes the truth (also of a run that was broken off: up to there). NULL is fine. 0,
 * or PLUMB_FAILED with message where the truth could not be written. */
int plumb_simulation_close(struct plumb_simulation *simulation, struct plumb_message *message);

#endif
