/* The real image on the emulated board, with the host's decoder at the end of its line. */
#ifndef PLUMB_TESTS_NODE_H
#define PLUMB_TESTS_NODE_H

#include "emulator/driver.h"
#include "host/core/link.h"

struct node {
    struct driver driver;
    struct plumb_link link;
    /* since the last node_run */
    int samples_n, hellos_n, statuses_n, calibs_n;
    int64_t apart_least_us, apart_most_us; /* between samples */
    uint8_t flags_any, flags_all;          /* of the samples, or-ed and and-ed */
    int64_t awake_cycles;
    /* the newest of each, over all runs */
    int acks_n[256];                  /* per command */
    int results[256];                 /* of its newest ACK */
    struct plumb_link_message sample; /* its time */
    struct plumb_hello hello;
    struct plumb_status status;
    struct plumb_calib_reply calib;
};

/* Starts the image; `imus` as the emulator wants it ("68", "68,69", "none"), `eeprom` a file or NULL. */
void node_start(struct node *node, const char *imus, const char *eeprom);

/* The same with IMUs that name themselves so ("70,70"). */
void node_start_chips(struct node *node, const char *imus, const char *who_am_i);
void node_stop(struct node *node);

/* Runs so long and reads what came. */
void node_run(struct node *node, unsigned ms);

void node_send(struct node *node, uint8_t type, const uint8_t *payload, uint8_t n);

#endif
