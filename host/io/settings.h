/* How a person wants the program: sound, size, colours, language. XDG_CONFIG_HOME/plumb/settings.ini. */
#ifndef PLUMB_SETTINGS_H
#define PLUMB_SETTINGS_H

#include <stdbool.h>

#include "../core/exercise.h"
#include "../core/message.h"

enum plumb_look { PLUMB_LOOK_SYSTEM, PLUMB_LOOK_LIGHT, PLUMB_LOOK_DARK, PLUMB_LOOKS_N };
enum plumb_weight_unit { PLUMB_KG, PLUMB_LB, PLUMB_WEIGHT_UNITS_N };

#define PLUMB_BOTH 2

struct plumb_settings {
    int sound;         /* enum plumb_voice_mode */
    double volume;     /* 0..1 */
    double text_scale; /* 1..2.5 */
    int look;          /* enum plumb_look */
    bool contrast;     /* colours of the highest contrast */
    char language[16]; /* of host/words, "de"; empty: the system's */
    int paper;         /* as in host/view/page.h: 0 A4, 1 Letter */
    int weight_unit;   /* enum plumb_weight_unit */
    char exercise[48]; /* what was done last; empty: nothing yet */
    int side;          /* enum plumb_side, or PLUMB_BOTH */
};

struct plumb_settings plumb_settings_usual(void);

/* What is not in the file is as usual, as is everything where there is no file. 0; or PLUMB_DAMAGED with a
 * message naming file and line, or PLUMB_FAILED: all is then as usual. */
int plumb_settings_load(struct plumb_settings *settings, struct plumb_message *message);

/* Writes what is not as usual, 0600, whole or not at all. 0 or negative with message. */
int plumb_settings_save(const struct plumb_settings *settings, struct plumb_message *message);

/* A weight in words, in the unit asked for: "0.5 kg", "1.1 lb". Room for 24 bytes. */
void plumb_settings_weight(char out[24], double kg, int weight_unit);

#endif
