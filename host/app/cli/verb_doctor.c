/* plumb doctor: what works on this machine and what to do about the rest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../io/emulator_process.h"
#include "../../io/find_data.h"
#include "../../io/load_exercise.h"
#include "../../io/ports.h"
#include "../../store/admin.h"
#include "../../view/typeface.h"
#include "verb.h"

static error_t parse(int key, char *arg, struct argp_state *state)
{
    (void)key, (void)arg, (void)state;
    return ARGP_ERR_UNKNOWN;
}

static const struct argp argp = {
    NULL,
    parse,
    NULL,
    "Looks at everything that Plumb needs and says in one line each what works and what to do about the "
    "rest.\v"
    "Exit code 1 where something is to be done.",
    NULL,
    NULL,
    NULL};

/* One line; returns 1 where something is to be done. */
static int line(const char *what, int good, const char *words)
{
    printf("%-4s  %-18s %s\n", good ? "good" : "DO", what, words);
    return !good;
}

static int look_at_ports(void)
{
    struct plumb_message message = {""};
    struct plumb_ports ports;
    char words[160];
    int todo = 0, boards = 0;
    if (plumb_ports_list(&ports, &message))
        return line("ports", 0, message.text);
    for (size_t i = 0; i < ports.n; i++) {
        boards += ports.list[i].chip != NULL;
        if (!ports.list[i].usable && !todo) {
            plumb_port_no_right(ports.list[i].name, &message);
            todo = line("right to ports", 0, message.text);
        }
    }
    snprintf(words, sizeof words, "%zu, of which %d could be a clip", ports.n, boards);
    plumb_ports_free(&ports);
    return todo + line("ports", 1, words);
}

static int look_at_folder(void)
{
    struct plumb_message message = {""};
    char path[PLUMB_PATH_N];
    if (plumb_data_make("recordings", path, &message))
        return line("recordings", 0, message.text);
    return access(path, W_OK) ? line("recordings", 0, "the folder for recordings cannot be written")
                              : line("recordings", 1, path);
}

static int look_at_exercises(void)
{
    struct plumb_message message = {""};
    struct plumb_exercise exercise;
    char path[PLUMB_PATH_N];
    int fail = plumb_data_find("exercises", ".exercise", "supine-edge", path, &message);
    if (!fail)
        fail = plumb_exercise_load(&exercise, path, &message);
    return line("exercises", !fail, fail ? message.text : exercise.name);
}

static int look_at_emulator(void)
{
    struct plumb_message message = {""};
    struct plumb_emulator_process process;
    struct plumb_emulator_options options = {.imus_n = 1};
    if (plumb_emulator_start(&process, &options, &message))
        return line("emulated board", 0, message.text);
    plumb_emulator_stop(&process);
    return line("emulated board", 1, "starts");
}

static int look_at_typeface(void)
{
    int there = plumb_typeface_found();
    return line(
        "typeface", there,
        there ? "Inter" : "Inter is missing, pictures use another one: apt-get install fonts-inter");
}

static int look_at_store(void)
{
    int fail = 0;
    char words[400];
    struct plumb_message message = {""};
    struct plumb_store_health health;
    struct plumb_store *store = plumb_store_open(NULL, &fail, &message);
    if (store && message.text[0])
        line("store", 1, message.text); /* what was recovered */
    if (store)
        fail = plumb_store_check(store, &health, &message);
    plumb_store_close(store);
    if (fail)
        return line("store", 0, message.text);
    if (health.trouble[0] || health.damaged_blocks_n) {
        snprintf(
            words, sizeof words, "%s%s%lld damaged blocks: bring a copy back with plumb sessions restore",
            health.trouble, health.trouble[0] ? "; " : "", (long long)health.damaged_blocks_n);
        return line("store", 0, words);
    }
    snprintf(
        words, sizeof words,
        "sound: %lld patients, %lld sessions, %.1f MB; %lld to be looked at anew by this version",
        (long long)health.patients_n, (long long)health.sessions_n, (double)health.bytes_n / 1e6,
        (long long)health.stale_n);
    return line("store", 1, words);
}

static int look_at_display(void)
{
    const char *display = getenv("WAYLAND_DISPLAY") ? getenv("WAYLAND_DISPLAY") : getenv("DISPLAY");
    return line("display", 1, display && *display ? display : "none: the terminal does it all");
}

int plumb_verb_doctor(int argc, char **argv)
{
    argp_parse(&argp, argc, argv, 0, NULL, NULL);
    printf("plumb %s\n", PLUMB_VERSION);
    int todo = look_at_ports() + look_at_folder() + look_at_store() + look_at_exercises() +
               look_at_emulator() + look_at_typeface() + look_at_display();
    return todo ? PLUMB_EXIT_FAILED : PLUMB_EXIT_DONE;
}
