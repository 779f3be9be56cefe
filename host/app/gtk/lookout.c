#include "lookout.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../io/ports.h"
#include "../live/probe.h"
#include "language.h"

#define PATIENCE_US 3000000 /* an Arduino sits in its bootloader for up to 2 s after opening */
#define EVERY_MS    500

struct plumb_lookout {
    pthread_t thread;
    pthread_mutex_t lock;
    struct plumb_lookout_seen seen;
    int stop;
    char asked[96]; /* the port that was asked last */
    struct plumb_hello hello;
    int heard;
};

static int is_stopped(struct plumb_lookout *lookout)
{
    pthread_mutex_lock(&lookout->lock);
    int stop = lookout->stop;
    pthread_mutex_unlock(&lookout->lock);
    return stop;
}

static void tell(struct plumb_lookout *lookout, const struct plumb_lookout_seen *seen)
{
    pthread_mutex_lock(&lookout->lock);
    lookout->seen = *seen;
    pthread_mutex_unlock(&lookout->lock);
}

/* Asks a port once; a port that went away and came back is asked again. */
static void ask(struct plumb_lookout *lookout, const struct plumb_port *port)
{
    char uri[160];
    struct plumb_message message = {""};
    if (strcmp(lookout->asked, port->name) == 0)
        return;
    snprintf(lookout->asked, sizeof lookout->asked, "%s", port->name);
    snprintf(uri, sizeof uri, "serial:%s", port->name);
    lookout->heard = plumb_probe(uri, 0, PATIENCE_US, &lookout->hello, &message) > 0;
}

static void say_hello(struct plumb_lookout_seen *seen, const struct plumb_hello *hello)
{
    int there = 0;
    for (int imu = 0; imu < hello->imus_n; imu++)
        there += hello->imus[imu].present != 0;
    snprintf(
        seen->words, sizeof seen->words, "%s, clip %08X. %s", plumb_board_words(hello->board), hello->serial,
        there == hello->imus_n ? _("Its sensors answer: ready.")
        : there                ? _("One of its sensors does not answer: look at its wires.")
                               : _("Its sensor does not answer: look at its wires."));
}

/* As plumb_port_no_right does it, in the user's language. */
static void say_no_right(struct plumb_lookout_seen *seen, const struct plumb_port *port)
{
    seen->no_right = 1;
    if (strcmp(port->group, "root") == 0)
        snprintf(
            seen->words, sizeof seen->words, _("A board is at %s, but it is the administrator's alone."),
            port->name);
    else
        snprintf(
            seen->words, sizeof seen->words,
            _("A board is at %s, but you have no right to it yet; the group %s has it. In a terminal: sudo "
              "usermod -aG %s $USER. Then log out and in again."),
            port->name, port->group, port->group);
}

static void
say_port(struct plumb_lookout *lookout, struct plumb_lookout_seen *seen, const struct plumb_port *port)
{
    if (!port->usable) {
        say_no_right(seen, port);
        return;
    }
    snprintf(seen->words, sizeof seen->words, _("A board is at %s: asking who it is."), port->name);
    tell(lookout, seen);
    ask(lookout, port);
    seen->answers = lookout->heard;
    if (lookout->heard)
        say_hello(seen, &lookout->hello);
    else
        snprintf(
            seen->words, sizeof seen->words,
            _("A board is at %s, but Plumb's firmware does not answer. Is it on the board? plumb flash "
              "writes "
              "it."),
            port->name);
}

static void look(struct plumb_lookout *lookout)
{
    struct plumb_lookout_seen seen = {0};
    struct plumb_message message = {""};
    struct plumb_ports ports;
    if (plumb_ports_list(&ports, &message))
        return;
    for (size_t i = 0; i < ports.n; i++)
        if (ports.list[i].chip && !seen.boards_n++)
            say_port(lookout, &seen, &ports.list[i]);
    if (!seen.boards_n) {
        lookout->asked[0] = '\0';
        snprintf(
            seen.words, sizeof seen.words, _("No clip is plugged in. Plug it in: it is found by itself."));
    }
    plumb_ports_free(&ports);
    tell(lookout, &seen);
}

static void *run(void *self)
{
    struct plumb_lookout *lookout = self;
    const struct timespec pause = {0, EVERY_MS * 1000000L};
    while (!is_stopped(lookout)) {
        look(lookout);
        nanosleep(&pause, NULL);
    }
    return NULL;
}

struct plumb_lookout *plumb_lookout_new(void)
{
    struct plumb_lookout *lookout = calloc(1, sizeof *lookout);
    if (!lookout)
        return NULL;
    snprintf(lookout->seen.words, sizeof lookout->seen.words, _("Looking for the clip."));
    pthread_mutex_init(&lookout->lock, NULL);
    if (!pthread_create(&lookout->thread, NULL, run, lookout))
        return lookout;
    pthread_mutex_destroy(&lookout->lock);
    free(lookout);
    return NULL;
}

void plumb_lookout_look(struct plumb_lookout *lookout, struct plumb_lookout_seen *seen)
{
    pthread_mutex_lock(&lookout->lock);
    *seen = lookout->seen;
    pthread_mutex_unlock(&lookout->lock);
}

void plumb_lookout_free(struct plumb_lookout *lookout)
{
    if (!lookout)
        return;
    pthread_mutex_lock(&lookout->lock);
    lookout->stop = 1;
    pthread_mutex_unlock(&lookout->lock);
    pthread_join(lookout->thread, NULL);
    pthread_mutex_destroy(&lookout->lock);
    free(lookout);
}
