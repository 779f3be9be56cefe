/* The program plumb-sound as a child, told what is to be heard. Never waited for where it plays on a device:
 * a sound server that hangs costs the sound and nothing else. */
#ifndef PLUMB_SOUND_PROCESS_H
#define PLUMB_SOUND_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

#include "../core/message.h"
#include "../session/voice.h"

struct plumb_sound_process {
    pid_t pid; /* 0: no sound */
    int socket;
    int waits; /* into a file: every line is to arrive */
};

struct plumb_sound_options {
    const char *file;  /* a WAV file; NULL: the device */
    const char *voice; /* of the language file */
    double volume;     /* 0..1 */
};

/* Starts it: the program is PLUMB_SOUND of the environment, or beside the running program, or where it was
 * built. 0, or PLUMB_FAILED with message: there will be no sound. */
int plumb_sound_start(
    struct plumb_sound_process *process, const struct plumb_sound_options *options,
    struct plumb_message *message);

/* Tells it one thing at host_us. 0, or -1 when it is gone (said once on its side): the process is then
 * stopped. */
int plumb_sound_tell(struct plumb_sound_process *process, int64_t host_us, const struct plumb_heard *heard);

/* Lets it finish its words, at most some seconds, and ends it. 0, or -1 when it had failed. */
int plumb_sound_stop(struct plumb_sound_process *process, int64_t host_us);

#endif
