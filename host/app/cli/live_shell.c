#include "live_shell.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../core/units.h"
#include "../../io/json_event.h"

/* Ctrl-C ends the recording well: the handler only says that it was pressed. */
static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static void catch_interrupts(void)
{
    struct sigaction action = {.sa_handler = interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL); /* the terminal was closed */
}

/* ---- what the engine tells */

static void
tell_machine(struct plumb_live_shell *shell, const struct plumb_live *live, const struct plumb_event *event)
{
    int is_sample = event->kind == PLUMB_EVENT_SAMPLE;
    double every_us = shell->jsonl_hz > 0 ? PLUMB_US_PER_S / shell->jsonl_hz : INFINITY;
    if (is_sample && (double)(event->host_us - shell->told_us) < every_us)
        return;
    shell->told_us = is_sample ? event->host_us : shell->told_us;
    char *line = plumb_json_event(event, &live->session);
    if (line) {
        puts(line);
        fflush(stdout);
    }
    free(line);
}

static void take_event(void *context, struct plumb_live *live, const struct plumb_event *event)
{
    struct plumb_live_shell *shell = context;
    if (shell->jsonl)
        tell_machine(shell, live, event);
    shell->dashboard.sound_off = live->options.sound != PLUMB_VOICE_OFF && !live->sound.pid;
    plumb_dashboard_event(&shell->dashboard, &live->session, event);
}

static void say(void *context, struct plumb_live *live, const char *text)
{
    (void)context, (void)live;
    fprintf(stderr, "plumb: %s\n", text);
}

static void tell_calib(void *context, struct plumb_live *live, const char *words)
{
    struct plumb_live_shell *shell = context;
    if (shell->dashboard.terminal)
        snprintf(shell->dashboard.note, sizeof shell->dashboard.note, "%s", words);
    else
        say(context, live, words);
}

/* ---- what the person says */

static void take_key(struct plumb_live *live, int key)
{
    if (key == ' ')
        plumb_session_skip(&live->session);
    if (key == 'k' || key == 'K')
        plumb_session_pain(&live->session, PLUMB_PAIN_KNEE);
    if (key == 'b' || key == 'B')
        plumb_session_pain(&live->session, PLUMB_PAIN_BACK);
    if (key == 'p' || key == 'P')
        plumb_session_pain(&live->session, PLUMB_PAIN_SHARP);
    if (key == 'q' || key == 'Q')
        plumb_live_stop(live);
}

static int run(struct plumb_live_shell *shell, struct plumb_live *live, struct plumb_message *message)
{
    int fail = 0;
    while (!fail && !plumb_live_ended(live) && !interrupted) {
        fail = plumb_live_turn(live, message);
        take_key(live, plumb_keys_read(&shell->keys));
        plumb_dashboard_tick(&shell->dashboard, &live->session, live->now_us);
    }
    return fail;
}

int plumb_live_shell_run(
    struct plumb_live_shell *shell, struct plumb_live *live, struct plumb_message *message)
{
    live->hooks = (struct plumb_live_hooks){shell, take_event, say, tell_calib};
    shell->dashboard = (struct plumb_dashboard){.to = stderr};
    int fail = plumb_live_open(live, message);
    catch_interrupts();
    plumb_dashboard_init(&shell->dashboard, stderr);
    plumb_keys_open(&shell->keys);
    if (!fail)
        fail = run(shell, live, message);
    plumb_keys_close(&shell->keys);
    plumb_dashboard_close(&shell->dashboard);
    return plumb_live_close(live, fail, message);
}
