#include "cue.h"

#include "../boards/port.h"
#include "ticks.h"

#define LED       PLUMB_OUTPUT_LED
#define MOTOR     PLUMB_OUTPUT_VIBRATION
#define RING      PLUMB_TICKS(150)   /* a coin motor takes about 100 ms to stop */
#define FORGOTTEN PLUMB_TICKS(30000) /* a host that was unplugged leaves no buzzer running */

/* Tones; small piezo buzzers are loudest at 2 to 4 kHz. */
enum { NONE, LOW, MIDDLE, HIGH, TOP };

static const uint16_t tones_hz[] = {[NONE] = 0, [LOW] = 600, [MIDDLE] = 1000, [HIGH] = 1500, [TOP] = 2000};

struct step {
    uint8_t span; /* 20 ms each, roughly: 20 ticks */
    uint8_t tone : 4;
    uint8_t on : 4; /* enum plumb_output */
};

#define SPAN_TICKS 20
#define STEPS_N    4 /* the longest pattern; span 0 ends a shorter one */

/* By enum plumb_cue. Good news rises and is short, warnings fall and shake. */
static const struct step cues[PLUMB_CUES_N][STEPS_N] = {
    [PLUMB_CUE_OFF] = {{0, NONE, 0}},
    [PLUMB_CUE_READY] = {{4, MIDDLE, LED}, {3, NONE, 0}, {4, TOP, LED}, {20, NONE, 0}},
    [PLUMB_CUE_IN_ZONE] = {{3, TOP, LED}, {10, NONE, LED}},
    [PLUMB_CUE_LEAVING] = {{6, MIDDLE, LED | MOTOR}, {19, NONE, 0}},
    [PLUMB_CUE_OUT] = {{10, LOW, LED | MOTOR}, {5, NONE, 0}, {10, LOW, LED | MOTOR}, {15, NONE, 0}},
    [PLUMB_CUE_DONE] = {{5, MIDDLE, LED}, {5, HIGH, LED}, {13, TOP, LED}, {20, NONE, 0}},
    [PLUMB_CUE_TROUBLE] = {{20, LOW, LED}, {30, NONE, 0}},
    [PLUMB_CUE_IDENTIFY] = {{5, TOP, LED}, {5, NONE, 0}},
};

/* By enum plumb_node_state. */
static const struct step lamps[][STEPS_N] = {
    [PLUMB_NODE_PROBING] = {{5, NONE, LED}, {20, NONE, 0}},
    [PLUMB_NODE_STREAMING] = {{2, NONE, LED}, {98, NONE, 0}},
    [PLUMB_NODE_IDLE] = {{2, NONE, LED}, {248, NONE, 0}},
    [PLUMB_NODE_FAULT] = {{5, NONE, LED}, {5, NONE, 0}},
};

static const struct step *steps_of(const struct plumb_cue_player *player)
{
    return player->cue != PLUMB_CUE_OFF ? cues[player->cue] : lamps[player->state];
}

static void begin(struct plumb_cue_player *player, uint8_t step, uint16_t now)
{
    const struct step *steps = steps_of(player);
    player->step = step;
    player->step_at = now;
    player->on = steps[step].on;
    if (player->on & MOTOR)
        player->shaken = 1;
    plumb_port_outputs(player->on, tones_hz[steps[step].tone]);
}

void plumb_cue_init(struct plumb_cue_player *player, uint16_t now)
{
    *player = (struct plumb_cue_player){.cue = PLUMB_CUE_OFF, .state = PLUMB_NODE_PROBING};
    begin(player, 0, now);
}

void plumb_cue_play(struct plumb_cue_player *player, uint8_t cue, uint8_t times, uint16_t now)
{
    player->cue = cue;
    player->times = times;
    player->begun_at = now;
    begin(player, 0, now);
}

void plumb_cue_show_state(struct plumb_cue_player *player, uint8_t state, uint16_t now)
{
    player->state = state;
    if (player->cue == PLUMB_CUE_OFF)
        begin(player, 0, now);
}

/* The pattern is over: again, or back to the lamp. */
static void repeat(struct plumb_cue_player *player, uint16_t now)
{
    uint8_t last = player->times == 1;
    if (player->times > 1)
        player->times--;
    if (last || plumb_ticks_past(now, player->begun_at, FORGOTTEN))
        player->cue = PLUMB_CUE_OFF;
    begin(player, 0, now);
}

static void note_shaking(struct plumb_cue_player *player, uint16_t now)
{
    if (player->on & MOTOR)
        player->shaken_at = now;
    else if (player->shaken && plumb_ticks_past(now, player->shaken_at, RING))
        player->shaken = 0;
}

void plumb_cue_step(struct plumb_cue_player *player, uint16_t now)
{
    const struct step *steps = steps_of(player);
    note_shaking(player, now);
    if (!plumb_ticks_past(now, player->step_at, (uint16_t)(steps[player->step].span * SPAN_TICKS)))
        return;
    uint8_t next = (uint8_t)(player->step + 1);
    if (next < STEPS_N && steps[next].span != 0)
        begin(player, next, now);
    else
        repeat(player, now);
}

uint8_t plumb_cue_shaking(const struct plumb_cue_player *player)
{
    return player->shaken;
}
