/* nasty_export FORMAT PATH [--seconds N] [--rate HZ] [--events N] [--plain] [--deidentify] [--shift-days N]
 * [--append] [--force] [--dry-run] [--id N] [--uuid TEXT] [--alias TEXT] [NAME=VALUE...]: exports the nasty
 * session, for readers that this project did not write. What the exporter says goes to standard output; exit
 * codes as plumb's. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/export/exporter.h"
#include "nasty.h"

#define OPTIONS_MOST 32

static void say(void *context, const char *text)
{
    fprintf(strcmp(context, "-") == 0 ? stderr : stdout, "%s\n", text);
}

struct switches {
    struct plumb_export_job job;
    struct nasty nasty;
    const char *options[OPTIONS_MOST + 1];
    size_t options_n;
    long id;
    const char *uuid, *alias;
};

/* Returns how many arguments it took. */
static int take_number(struct switches *switches, const char *name, const char *value)
{
    if (strcmp(name, "--seconds") == 0)
        switches->nasty.duration_s = atof(value);
    else if (strcmp(name, "--rate") == 0)
        switches->nasty.rate_hz = atof(value);
    else if (strcmp(name, "--events") == 0)
        switches->nasty.events_n = atoi(value);
    else if (strcmp(name, "--shift-days") == 0)
        switches->job.shift_days = atoi(value);
    else if (strcmp(name, "--id") == 0)
        switches->id = atol(value);
    else if (strcmp(name, "--uuid") == 0)
        switches->uuid = value;
    else if (strcmp(name, "--alias") == 0)
        switches->alias = value;
    else
        return 0;
    return 2;
}

static int take_switch(struct switches *switches, const char *name)
{
    struct {
        const char *name;
        int *value;
    } const table[] = {
        {"--plain", &switches->nasty.plain},   {"--deidentify", &switches->job.deidentify},
        {"--append", &switches->job.append},   {"--force", &switches->job.force},
        {"--dry-run", &switches->job.dry_run},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0) {
            *table[i].value = 1;
            return 1;
        }
    return 0;
}

static int take(struct switches *switches, int argc, char **argv)
{
    int taken = argc > 1 ? take_number(switches, argv[0], argv[1]) : 0;
    if (!taken)
        taken = take_switch(switches, argv[0]);
    if (!taken && strchr(argv[0], '=') && switches->options_n < OPTIONS_MOST) {
        switches->options[switches->options_n++] = argv[0];
        taken = 1;
    }
    return taken;
}

/* Another session than the nasty one, or another person's. */
static void take_names(struct plumb_dossier *dossier, const struct switches *switches)
{
    if (switches->id)
        dossier->id = switches->id;
    if (switches->uuid)
        snprintf(dossier->uuid, sizeof dossier->uuid, "%s", switches->uuid);
    if (!switches->alias)
        return;
    snprintf(dossier->patient.alias, sizeof dossier->patient.alias, "%s", switches->alias);
    dossier->patient.code[0] = '\0';
}

int main(int argc, char **argv)
{
    struct switches switches = {.job = {.say = say}};
    struct plumb_dossier dossier;
    struct plumb_message message = {""};
    setlocale(LC_ALL, ""); /* as the window does: numbers must keep their dot */
    const struct plumb_exporter *exporter = argc > 2 ? plumb_exporter_find(argv[1]) : NULL;
    for (int i = 3, taken; i < argc && exporter; i += taken)
        if (!(taken = take(&switches, argc - i, argv + i)))
            exporter = NULL;
    if (!exporter) {
        fputs("usage: nasty_export FORMAT PATH [switches] [NAME=VALUE...]\n", stderr);
        return 2;
    }
    switches.job.path = switches.job.context = argv[2];
    switches.job.options = switches.options;
    nasty_dossier(&dossier, &switches.nasty);
    take_names(&dossier, &switches);
    int fail = plumb_export(exporter, &switches.job, &dossier, &message);
    plumb_dossier_free(&dossier);
    if (fail)
        fprintf(stderr, "%s\n", message.text);
    return -fail;
}
