#include "past.h"

#include <stdlib.h>
#include <string.h>

#include "../../io/message_fail.h"
#include "../../store/store.h"

#define DERIVE_MOST 3 /* sessions that are looked at first: a second or two at most */

static void fill(
    struct plumb_past *past, const struct plumb_exercise *exercise, const struct plumb_past_hold *holds,
    size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(holds[i].exercise, exercise->id) != 0)
            continue;
        past->holds_n++;
        past->clean[holds[i].side] |= plumb_past_hold_clean(&holds[i]);
    }
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++)
        past->weight_known[side] = plumb_programme_weight_earned(exercise, (enum plumb_side)side, holds, n);
    past->stiffer = plumb_programme_stiffer(exercise->id, holds, n);
}

static int read_store(
    struct plumb_past *past, struct plumb_store *store, const char *patient,
    const struct plumb_exercise *exercise, struct plumb_message *message)
{
    struct plumb_past_hold *holds = NULL;
    size_t n = 0;
    int64_t id = plumb_store_patient(store, patient && *patient ? patient : "me", 0, message);
    if (id <= 0)
        return (int)id;
    int fail = plumb_store_past_holds_soon(store, id, DERIVE_MOST, &holds, &n, message);
    if (!fail)
        fill(past, exercise, holds, n);
    free(holds);
    return fail;
}

int plumb_past_load(
    struct plumb_past *past, const char *patient, const struct plumb_exercise *exercise,
    struct plumb_message *message)
{
    struct plumb_message told = {""};
    int fail = 0;
    memset(past, 0, sizeof *past);
    past->stiffer = -1;
    struct plumb_store *store = plumb_store_open(NULL, &fail, &told);
    if (!store)
        return plumb_message_fail(message, fail, "%s", told.text);
    fail = read_store(past, store, patient, exercise, message);
    plumb_store_close(store);
    return fail;
}
