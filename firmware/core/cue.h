/* What the clip tells its wearer with lamp, buzzer and motor: patterns as tables, played without waiting. */
#ifndef PLUMB_CUE_H
#define PLUMB_CUE_H

#include <stdint.h>

#include "plumb/wire.h"

struct plumb_cue_player {
    uint8_t cue;        /* enum plumb_cue; OFF: the lamp shows the node's state instead */
    uint8_t state;      /* enum plumb_node_state, for the lamp */
    uint8_t times;      /* left to play; 0 = until the next */
    uint8_t step;       /* of the pattern */
    uint8_t on;         /* enum plumb_output switched on now */
    uint8_t shaken;     /* the motor runs, or ran a moment ago */
    uint16_t step_at;   /* ticks: when this step began */
    uint16_t begun_at;  /* when the cue was asked for */
    uint16_t shaken_at; /* when the motor last ran */
};

void plumb_cue_init(struct plumb_cue_player *player, uint16_t now);

/* Plays `cue` `times` times (0: until the next, half a minute at most). */
void plumb_cue_play(struct plumb_cue_player *player, uint8_t cue, uint8_t times, uint16_t now);

/* The lamp's pattern while no cue plays. */
void plumb_cue_show_state(struct plumb_cue_player *player, uint8_t state, uint16_t now);

/* To be called often; switches the outputs when a step is over. */
void plumb_cue_step(struct plumb_cue_player *player, uint16_t now);

/* 1 while the motor runs and until the clip has stopped ringing after it. */
uint8_t plumb_cue_shaking(const struct plumb_cue_player *player);

#endif
