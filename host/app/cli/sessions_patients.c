/* plumb sessions patients: who is in the store. */
#include <stdio.h>
#include <string.h>

#include "../../io/message_fail.h"
#include "../../io/patient_limits.h"
#include "../shared/when_words.h"
#include "sessions.h"

struct change {
    const char *what, *who;
    const char *alias, *code, *sex;
    int birth_year; /* -1: stays */
};

static const struct argp_option option_table[] = {
    {"alias", 'a', "NAME", 0, "with set: the new alias", 0},
    {"code", 'c', "CODE", 0, "with set: a code of the practice's own", 0},
    {"sex", 's', "F|M|X", 0, "with set", 0},
    {"birth-year", 'y', "YEAR", 0, "with set", 0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct change *change = state->input;
    switch (key) {
    case 'a':
        change->alias = arg;
        return 0;
    case 'c':
        change->code = arg;
        return 0;
    case 's':
        if (strcmp(arg, "F") != 0 && strcmp(arg, "M") != 0 && strcmp(arg, "X") != 0 && *arg)
            argp_error(state, "--sex is F, M or X, not \"%s\"", arg);
        change->sex = arg;
        return 0;
    case 'y':
        change->birth_year = (int)plumb_number_arg(arg, 1900, 2100, "birth-year", state);
        return 0;
    case ARGP_KEY_ARG:
        if (!change->what)
            change->what = arg;
        else if (!change->who)
            change->who = arg;
        else
            argp_error(state, "too many words");
        return 0;
    case ARGP_KEY_END:
        if (change->what && strcmp(change->what, "list") != 0 &&
            (strcmp(change->what, "set") != 0 || !change->who))
            argp_error(state, "list, or set NAME?");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    "[list]\nset NAME",
    "Lists the people in the store, or corrects what is known of one.\v"
    "Example: plumb sessions patients set Anna --alias \"Anna B.\" --code P-104 --birth-year 1980",
    NULL,
    NULL,
    NULL};

static int put_row(void *context, const struct plumb_store_patient *patient)
{
    char when[PLUMB_WHEN_ROOM] = "never";
    (void)context;
    if (patient->last_utc_us)
        plumb_when_iso(when, patient->last_utc_us, 0);
    when[10] = '\0';
    printf("%-24s %4lld sessions, last %s", patient->who.alias, (long long)patient->sessions_n, when);
    if (patient->who.code[0])
        printf(", code %s", patient->who.code);
    if (patient->who.sex)
        printf(", %c", patient->who.sex);
    if (patient->who.birth_year)
        printf(", born %d", patient->who.birth_year);
    putchar('\n');
    return 0;
}

struct wanted {
    int64_t id;
    struct plumb_dossier_patient *who;
};

static int find(void *context, const struct plumb_store_patient *patient)
{
    const struct wanted *wanted = context;
    if (patient->id == wanted->id)
        *wanted->who = patient->who;
    return patient->id == wanted->id;
}

int plumb_sessions_who(
    struct plumb_store *store, int64_t patient_id, struct plumb_dossier_patient *who,
    struct plumb_message *message)
{
    struct wanted wanted = {patient_id, who};
    int fail = plumb_store_patients(store, find, &wanted, message);
    return fail < 0 ? fail : 0;
}

/* The limits go with the name. */
static int keep_words(
    struct plumb_store *store, int64_t id, const struct plumb_dossier_patient *who, const char *old_alias,
    struct plumb_message *message)
{
    int fail = plumb_store_patient_words(store, id, who, message);
    return fail ? fail : plumb_patient_limits_rename(old_alias, who->alias, message);
}

static int set(const struct change *change, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_dossier_patient person = {0}, *who = &person;
    int64_t id = plumb_sessions_patient(store, change->who, message);
    int fail = id < 0 ? (int)id : plumb_sessions_who(store, id, who, message);
    if (fail)
        return fail;
    struct plumb_dossier_patient before = person;
    if (change->alias && strlen(change->alias) >= sizeof who->alias)
        return plumb_message_fail(message, PLUMB_USAGE, "--alias is too long");
    if (change->code && strlen(change->code) >= sizeof who->code)
        return plumb_message_fail(message, PLUMB_USAGE, "--code is too long");
    if (change->alias)
        snprintf(who->alias, sizeof who->alias, "%s", change->alias);
    if (change->code)
        snprintf(who->code, sizeof who->code, "%s", change->code);
    if (change->sex)
        who->sex = change->sex[0];
    if (change->birth_year >= 0)
        who->birth_year = change->birth_year;
    return keep_words(store, id, who, before.alias, message);
}

int plumb_sessions_patients(int argc, char **argv)
{
    struct change change = {.birth_year = -1};
    struct plumb_message message = {""};
    int fail = 0;
    argp_parse(&argp, argc, argv, 0, NULL, &change);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    if (store)
        fail =
            change.who ? set(&change, store, &message) : plumb_store_patients(store, put_row, NULL, &message);
    return plumb_sessions_end(store, fail, &message);
}
