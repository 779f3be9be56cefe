#include "cue_sound.h"

#include <alsa/asoundlib.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message_fail.h"

#define CHANNELS   2
#define LATENCY_US 20000 /* what DRAWING has measured: 28 ms from change to output */
#define HEADER_N   44
#define PATH_N     4096

struct plumb_cue_sound {
    snd_pcm_t *device; /* NULL for a file */
    FILE *file;
    char path[PATH_N], part[PATH_N + 8];
    int rate_hz;
    uint32_t data_n; /* bytes of samples written */
};

/* ALSA prints its complaints itself; ours are said once, in one line. */
static void quiet(const char *file, int line, const char *function, int error, const char *format, ...)
{
    (void)file, (void)line, (void)function, (void)error, (void)format;
}

struct plumb_cue_sound *plumb_cue_sound_device(const char *name, int rate_hz, struct plumb_message *message)
{
    struct plumb_cue_sound *sound = calloc(1, sizeof *sound);
    if (!sound)
        return NULL;
    snd_lib_error_set_handler(quiet);
    int error = snd_pcm_open(&sound->device, name, SND_PCM_STREAM_PLAYBACK, 0);
    if (!error)
        error = snd_pcm_set_params(
            sound->device, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, CHANNELS, (unsigned)rate_hz, 1,
            LATENCY_US);
    if (!error)
        return sound;
    plumb_message_fail(message, PLUMB_NO_DEVICE, "Sound off: %s: %s", name, snd_strerror(error));
    plumb_cue_sound_close(sound, NULL);
    return NULL;
}

/* ---- the file */

static void put_le(uint8_t *to, uint32_t value, int n)
{
    for (int i = 0; i < n; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

/* RIFF WAVE, PCM, little-endian. */
static int write_header(struct plumb_cue_sound *sound)
{
    uint8_t header[HEADER_N] = "RIFF____WAVEfmt ____";
    uint32_t frame_n = CHANNELS * sizeof(int16_t), rate = (uint32_t)sound->rate_hz;
    put_le(header + 4, HEADER_N - 8 + sound->data_n, 4);
    put_le(header + 16, 16, 4);
    put_le(header + 20, 1, 2);
    put_le(header + 22, CHANNELS, 2);
    put_le(header + 24, rate, 4);
    put_le(header + 28, rate * frame_n, 4);
    put_le(header + 32, frame_n, 2);
    put_le(header + 34, 16, 2);
    memcpy(header + 36, "data", 4);
    put_le(header + 40, sound->data_n, 4);
    return fseek(sound->file, 0, SEEK_SET) || fwrite(header, HEADER_N, 1, sound->file) != 1;
}

struct plumb_cue_sound *plumb_cue_sound_file(const char *path, int rate_hz, struct plumb_message *message)
{
    struct plumb_cue_sound *sound = calloc(1, sizeof *sound);
    if (!sound || strlen(path) >= PATH_N) {
        free(sound);
        return NULL;
    }
    sound->rate_hz = rate_hz;
    snprintf(sound->path, sizeof sound->path, "%s", path);
    snprintf(sound->part, sizeof sound->part, "%s.part", path);
    sound->file = fopen(sound->part, "wb");
    if (sound->file && !write_header(sound))
        return sound;
    plumb_message_fail(message, PLUMB_FAILED, "%s: cannot be written: %s", path, strerror(errno));
    if (sound->file)
        fclose(sound->file);
    free(sound);
    return NULL;
}

static int
play_file(struct plumb_cue_sound *sound, const int16_t *frames, size_t n, struct plumb_message *message)
{
    for (size_t i = 0; i < CHANNELS * n; i++) {
        uint8_t bytes[2];
        put_le(bytes, (uint16_t)frames[i], 2);
        if (fwrite(bytes, sizeof bytes, 1, sound->file) != 1)
            return plumb_message_fail(
                message, PLUMB_FAILED, "%s: cannot be written: %s", sound->path, strerror(errno));
    }
    sound->data_n += (uint32_t)(CHANNELS * n * sizeof *frames);
    return 0;
}

/* ---- either */

int plumb_cue_sound_play(
    struct plumb_cue_sound *sound, const int16_t *frames, size_t n, struct plumb_message *message)
{
    if (sound->file)
        return play_file(sound, frames, n, message);
    while (n) {
        snd_pcm_sframes_t taken = snd_pcm_writei(sound->device, frames, n);
        if (taken < 0)
            taken = snd_pcm_recover(sound->device, (int)taken, 1);
        if (taken < 0)
            return plumb_message_fail(message, PLUMB_LOST, "Sound off: %s", snd_strerror((int)taken));
        frames += CHANNELS * taken;
        n -= (size_t)taken;
    }
    return 0;
}

static int close_file(struct plumb_cue_sound *sound, struct plumb_message *message)
{
    int bad = write_header(sound);
    bad |= fclose(sound->file) != 0;
    if (!bad && rename(sound->part, sound->path) == 0)
        return 0;
    int why = errno;
    remove(sound->part);
    return plumb_message_fail(message, PLUMB_FAILED, "%s: cannot be written: %s", sound->path, strerror(why));
}

int plumb_cue_sound_close(struct plumb_cue_sound *sound, struct plumb_message *message)
{
    int fail = 0;
    if (sound && sound->device)
        snd_pcm_close(sound->device);
    if (sound && sound->file)
        fail = close_file(sound, message);
    free(sound);
    return fail;
}
