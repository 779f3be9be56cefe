/* Samples to ears: ALSA (this is its one home), or a WAV file. 16 bits, two channels. */
#ifndef PLUMB_CUE_SOUND_H
#define PLUMB_CUE_SOUND_H

#include <stddef.h>
#include <stdint.h>

#include "../core/message.h"

struct plumb_cue_sound;

/* A sound device ("default"), with a buffer of 20 ms. NULL with a message where there is none. */
struct plumb_cue_sound *plumb_cue_sound_device(const char *name, int rate_hz, struct plumb_message *message);

/* A WAV file, written to a temporary name and renamed when closed. NULL with a message. */
struct plumb_cue_sound *plumb_cue_sound_file(const char *path, int rate_hz, struct plumb_message *message);

/* Plays n frames (2 * n values): waits until the device takes them. 0, or PLUMB_LOST / PLUMB_FAILED with
 * message. */
int plumb_cue_sound_play(
    struct plumb_cue_sound *sound, const int16_t *frames, size_t n, struct plumb_message *message);

/* 0, or PLUMB_FAILED with message when the file could not be finished. NULL is fine. */
int plumb_cue_sound_close(struct plumb_cue_sound *sound, struct plumb_message *message);

#endif
