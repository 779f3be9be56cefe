/* plumb-sound: the sound of a session as a program of its own, fed with lines over standard input.
 *
 *     AT_US tone HZ GAIN PAN
 *     AT_US sign 0|1|2                  hold begin, hold end, tick
 *     AT_US say 0|1 SENTENCE            1: urgent
 *     AT_US end
 *
 * A program of its own because the libraries for speech and sound are larger than all of Plumb: whoever wants
 * no sound does not load them, and a sound server that hangs cannot hold up a session. Into a file, AT_US is
 * the time of the sound; on a device what comes is played at once.
 */
#include <argp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../io/cue_sound.h"
#include "../../io/speech.h"
#include "mixer.h"

#define BLOCK_N     PLUMB_MIXER_BLOCK_N
#define LINE_N      1024
#define SAY_AFTER_S 8.0 /* the last words may take so long */
#define US_PER_S    1e6

struct options {
    const char *file, *device, *voice;
    double volume;
};

struct player {
    struct options options;
    struct plumb_cue_sound *sound;
    struct plumb_speech *speech; /* NULL: without words */
    struct plumb_message message;
    pthread_mutex_t lock; /* the mixer, between the reader and the one that plays */
    struct plumb_mixer mixer;
    int ending, failed;
    double begin_us;           /* of the file: the first line's time */
    double played_n;           /* frames */
    double looked_s, looked_n; /* when the pace was looked at last */
};

/* ---- what is played */

static int play_block(struct player *player, size_t n)
{
    int16_t frames[2 * BLOCK_N];
    pthread_mutex_lock(&player->lock);
    plumb_mixer_render(&player->mixer, frames, n);
    pthread_mutex_unlock(&player->lock);
    player->played_n += (double)n;
    return plumb_cue_sound_play(player->sound, frames, n, &player->message);
}

static int still_busy(struct player *player)
{
    pthread_mutex_lock(&player->lock);
    int busy = !player->ending || plumb_mixer_busy(&player->mixer) || player->mixer.tone.gain > 0;
    pthread_mutex_unlock(&player->lock);
    return busy;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A device that is none (ALSA's null, file) takes samples as fast as they come: a second of them may not take
 * less than half of one. Looked at once a second, so that a real device's clock may run as it likes. */
static void keep_pace(struct player *player)
{
    double passed_s = now_s() - player->looked_s;
    if (player->options.file || player->played_n - player->looked_n < PLUMB_TONE_RATE_HZ)
        return;
    struct timespec rest = {0, (long)(1e9 * (1 - passed_s))};
    if (player->looked_s > 0 && passed_s < 0.5)
        nanosleep(&rest, NULL);
    player->looked_s = now_s();
    player->looked_n = player->played_n;
}

static void *play_on(void *of)
{
    struct player *player = of;
    double after_n = 0;
    while (!player->failed && still_busy(player) && after_n < SAY_AFTER_S * PLUMB_TONE_RATE_HZ) {
        player->failed = play_block(player, BLOCK_N) != 0;
        after_n += player->ending ? BLOCK_N : 0;
        keep_pace(player);
    }
    return NULL;
}

/* The file up to a moment of the session. */
static void play_until(struct player *player, double at_us)
{
    double until_n = (at_us - player->begin_us) / US_PER_S * PLUMB_TONE_RATE_HZ;
    while (!player->failed && player->played_n < until_n) {
        double left_n = until_n - player->played_n;
        player->failed = play_block(player, left_n < BLOCK_N ? (size_t)left_n + 1 : BLOCK_N) != 0;
    }
}

/* ---- what is read */

static void say(struct player *player, const char *text, int urgent)
{
    struct plumb_sentence sentence = {NULL, 0};
    if (player->speech)
        sentence.samples = plumb_speech_say(player->speech, text, &sentence.n);
    if (!sentence.samples)
        return;
    pthread_mutex_lock(&player->lock);
    plumb_mixer_say(&player->mixer, sentence, plumb_speech_rate_hz(player->speech), urgent);
    pthread_mutex_unlock(&player->lock);
}

static void take_command(struct player *player, const char *command)
{
    struct plumb_tone_target target;
    int number, text_at = 0;
    if (sscanf(command, "say %d %n", &number, &text_at) == 1 && text_at) {
        say(player, command + text_at, number);
        return;
    }
    pthread_mutex_lock(&player->lock);
    if (sscanf(command, "tone %lf %lf %lf", &target.hz, &target.gain, &target.pan) == 3)
        player->mixer.tone.target = target;
    else if (sscanf(command, "sign %d", &number) == 1 && number >= 0 && number < PLUMB_SIGNS_N)
        plumb_tone_sign(&player->mixer.tone, (enum plumb_sign)number);
    else if (strcmp(command, "end") == 0)
        player->mixer.tone.target.gain = 0;
    pthread_mutex_unlock(&player->lock);
}

static void take_line(struct player *player, char *line)
{
    int at = 0;
    double at_us;
    line[strcspn(line, "\n")] = '\0';
    if (sscanf(line, "%lf %n", &at_us, &at) != 1 || !at)
        return;
    if (player->begin_us <= 0)
        player->begin_us = at_us;
    if (player->options.file)
        play_until(player, at_us);
    take_command(player, line + at);
}

static void read_all(struct player *player)
{
    char line[LINE_N];
    while (!player->failed && fgets(line, sizeof line, stdin))
        take_line(player, line);
    pthread_mutex_lock(&player->lock);
    player->ending = 1;
    player->mixer.tone.target.gain = 0;
    pthread_mutex_unlock(&player->lock);
}

/* ---- the program */

static int open_all(struct player *player)
{
    const struct options *options = &player->options;
    player->sound = options->file
                        ? plumb_cue_sound_file(options->file, PLUMB_TONE_RATE_HZ, &player->message)
                        : plumb_cue_sound_device(options->device, PLUMB_TONE_RATE_HZ, &player->message);
    if (!player->sound)
        return -1;
    struct plumb_message without = {""};
    player->speech = plumb_speech_open(options->voice, &without);
    if (!player->speech)
        fprintf(stderr, "plumb: %s\n", without.text);
    plumb_mixer_init(&player->mixer, options->volume);
    return pthread_mutex_init(&player->lock, NULL);
}

static void run(struct player *player)
{
    pthread_t thread;
    if (player->options.file) {
        read_all(player);
        play_on(player);
    } else if (pthread_create(&thread, NULL, play_on, player) == 0) {
        read_all(player);
        pthread_join(thread, NULL);
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'f':
        options->file = arg;
        return 0;
    case 'd':
        options->device = arg;
        return 0;
    case 'v':
        options->voice = arg;
        return 0;
    case 'V':
        options->volume = strtod(arg, NULL);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"file", 'f', "WAV", 0, "into a file instead of a device", 0},
    {"device", 'd', "NAME", 0, "the ALSA device; default \"default\"", 0},
    {"voice", 'v', "NAME", 0, "espeak-ng's voice; default en", 0},
    {"volume", 'V', "0..1", 0, "default 0.7", 0},
    {0}};

static const struct argp argp = {
    option_table, parse, NULL, "The sound of a Plumb session, told by lines on standard input.",
    NULL,         NULL,  NULL};

int main(int argc, char **argv)
{
    struct player *player = calloc(1, sizeof *player);
    if (!player)
        return 1;
    player->options = (struct options){.device = "default", .voice = "en", .volume = 0.7};
    argp_parse(&argp, argc, argv, 0, NULL, &player->options);
    int fail = open_all(player);
    if (!fail)
        run(player);
    plumb_speech_close(player->speech);
    plumb_mixer_free(&player->mixer);
    fail |= plumb_cue_sound_close(player->sound, &player->message) || player->failed;
    if (fail)
        fprintf(stderr, "plumb: %s\n", player->message.text);
    free(player);
    return fail ? 1 : 0;
}
