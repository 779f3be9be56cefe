#include "editor_draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../io/load_exercise.h"
#include "../../io/save_exercise.h"
#include "language.h"

#define UNDO_N      200
#define ONE_EDIT_US 1500000 /* a pause as long as this begins another change */
#define MINE_N      24      /* bytes that " (mine)" may have in any language */
#define NAMELESS    "draft" /* what the reader's messages call it */

/* ---- loading */

/* The one in force, else the one that was set aside. */
static int load(struct plumb_draft *draft, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    plumb_own_exercise_look(draft->id, &draft->there);
    if (draft->there.own)
        plumb_own_exercise_path(draft->id, PLUMB_EXERCISE_ENDING, path);
    else if (draft->there.shipped)
        plumb_shipped_exercise_path(draft->id, path);
    else if (plumb_own_exercise_path(draft->id, PLUMB_EXERCISE_ASIDE, path))
        return plumb_data_find("exercises", PLUMB_EXERCISE_ENDING, draft->id, path, message);
    int fail = plumb_exercise_load(&draft->kept, path, message);
    draft->damaged = fail && draft->there.own && draft->there.shipped;
    if (draft->damaged && plumb_shipped_exercise_path(draft->id, path) == 0)
        fail = plumb_exercise_load(&draft->kept, path, message);
    if (fail)
        return fail;
    memcpy(draft->kept.id, draft->id, sizeof draft->kept.id); /* lists go by the file's name */
    plumb_language_exercise(&draft->kept, plumb_language_words());
    return 0;
}

static struct plumb_draft *draft_alloc(const char *id)
{
    struct plumb_draft *draft = g_new0(struct plumb_draft, 1);
    g_strlcpy(draft->id, id, sizeof draft->id);
    g_queue_init(&draft->before);
    g_queue_init(&draft->undone);
    return draft;
}

/* What was unfinished, as a change that can be undone; of an exercise that is nowhere it is all there is. */
static void recall(struct plumb_draft *draft, int loaded, const struct plumb_exercise *unfinished)
{
    draft->on_disk = 1;
    if (loaded)
        plumb_draft_begin(draft, NULL);
    else
        draft->kept = *unfinished;
    draft->now = *unfinished;
    plumb_draft_check(draft);
    draft->recalled = draft->changed;
}

struct plumb_draft *plumb_draft_new(const char *id, struct plumb_message *message)
{
    struct plumb_draft *draft = draft_alloc(id);
    struct plumb_exercise unfinished;
    struct plumb_message late = {""};
    int loaded = load(draft, message) == 0, found = plumb_own_exercise_recall(id, &unfinished, &late);
    if (found < 0 && !message->text[0])
        *message = late;
    if (!loaded && found <= 0) {
        g_free(draft);
        return NULL;
    }
    draft->now = draft->kept;
    if (found > 0) {
        message->text[0] = '\0';
        memcpy(unfinished.id, draft->id, sizeof unfinished.id);
        recall(draft, loaded, &unfinished);
    }
    return draft;
}

struct plumb_draft *
plumb_draft_take_file(struct plumb_draft *draft, const struct plumb_exercise *exercise, const char *path)
{
    int nowhere = !draft;
    if (nowhere)
        draft = draft_alloc(exercise->id);
    else
        plumb_draft_begin(draft, NULL);
    draft->now = *exercise;
    if (nowhere)
        draft->kept = *exercise;
    plumb_draft_check(draft);
    if (draft->changed)
        g_strlcpy(draft->from, path, sizeof draft->from);
    return draft;
}

int plumb_draft_is_nowhere(const struct plumb_draft *draft)
{
    return !draft->there.own && !draft->there.shipped && !draft->there.aside;
}

void plumb_draft_free(gpointer data)
{
    struct plumb_draft *draft = data;
    g_queue_clear_full(&draft->before, g_free);
    g_queue_clear_full(&draft->undone, g_free);
    g_free(draft);
}

/* ---- what was before */

static void keep(GQueue *queue, const struct plumb_exercise *exercise)
{
    g_queue_push_head(queue, g_memdup2(exercise, sizeof *exercise));
    if (queue->length > UNDO_N)
        g_free(g_queue_pop_tail(queue));
}

void plumb_draft_begin(struct plumb_draft *draft, gconstpointer field)
{
    gint64 now_us = g_get_monotonic_time();
    int goes_on = field && field == draft->field && now_us - draft->field_us < ONE_EDIT_US;
    draft->field = field;
    draft->field_us = now_us;
    draft->recalled = 0;
    if (goes_on)
        return;
    keep(&draft->before, &draft->now);
    g_queue_clear_full(&draft->undone, g_free);
}

static int exchange(struct plumb_draft *draft, GQueue *from, GQueue *to)
{
    struct plumb_exercise *exercise = g_queue_pop_head(from);
    if (!exercise)
        return 0;
    keep(to, &draft->now);
    draft->now = *exercise;
    draft->field = NULL;
    g_free(exercise);
    plumb_draft_check(draft);
    return 1;
}

int plumb_draft_undo(struct plumb_draft *draft)
{
    return exchange(draft, &draft->before, &draft->undone);
}

int plumb_draft_redo(struct plumb_draft *draft)
{
    return exchange(draft, &draft->undone, &draft->before);
}

void plumb_draft_discard(struct plumb_draft *draft)
{
    plumb_draft_begin(draft, NULL);
    draft->now = draft->kept;
    plumb_draft_check(draft);
}

/* ---- what the reader says */

/* "[step 7]" of the line of that number; "" before the first. */
static void section_of(const char *text, int line, char out[64])
{
    out[0] = '\0';
    for (int at = 1; text && at <= line; at++) {
        size_t n = strcspn(text, "\n");
        if (*text == '[' && n > 2 && n < 60)
            snprintf(out, 64, "%.*s", (int)n - 2, text + 1);
        text = text[n] ? text + n + 1 : NULL;
    }
}

/* What the reader says, in the words of the form. */
static const struct {
    const char *fact, *words;
} facts[] = {
    {"amber_deg must not be above red_deg", N_("\"Amber from\" must not be above \"Red beyond\"")},
    {"release_deg must not be above red_deg", N_("\"Flag ends below\" must not be above \"Red beyond\"")},
    {"immediate_deg must not be below red_deg", N_("\"At once beyond\" must not be below \"Red beyond\"")},
    {"turn_amber_deg must not be above turn_red_deg",
     N_("\"Turned, amber from\" must not be above \"Turned, red beyond\"")},
    {"a judged exercise wants a flag under [judge]", N_("What is judged wants something that is flagged")},
    {"a hold wants in_zone_s above 0", N_("A hold wants seconds in the zone")},
    {"in_zone_most_s must not be below in_zone_s",
     N_("The longest must not be below the seconds in the zone")},
    {"tilts wants a count of at least 3", N_("There have to be three tilts at least")},
    {"contract wants for_s above 0", N_("Pressing wants seconds")},
    {"reps and breaths want a count", N_("Repetitions and breaths want a count")},
    {"count_most must not be below count", N_("\"How often, at most\" must not be below \"How often\"")},
    {"again wants back_to an earlier step and count 2 or more",
     N_("\"Again\" goes back to an earlier step, twice or more in all")},
    {"a step with do = neutral has to come before this one",
     N_("A step \"Set the zone\" has to come before this one")},
    {"an exercise wants at least one [step N]", N_("There has to be a step at least")},
    {"a weight wants where: thigh, ankle", N_("Where does the weight go? Thigh, ankle")},
    {"from_kg must not be above to_kg", N_("\"Weight from\" must not be above \"Weight to\"")},
    {"[exercise] wants the key name, which is missing", N_("It wants a name")},
};

static const char *fact_words(const char *fact)
{
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        if (g_str_equal(facts[i].fact, fact))
            return plumb_language_text(facts[i].words);
    return fact;
}

/* Owned. */
static char *section_words(const char *section)
{
    int step = 0;
    if (sscanf(section, "step %d", &step) == 1)
        return g_strdup_printf(_("Step %d"), step);
    return g_strdup(
        g_str_equal(section, "judge")                   ? _("Judging")
        : g_str_equal(section, "thresholds")            ? _("Limits")
        : *section && !g_str_equal(section, "exercise") ? _("Words")
                                                        : _("Exercise"));
}

/* The file does not exist yet: its lines say nothing to anybody, but the step does. */
static void complain(struct plumb_draft *draft, const char *text, const char *words)
{
    char section[64] = "";
    int line = 0, n = 0;
    if (sscanf(words, NAMELESS ":%d: %n", &line, &n) == 1 && n)
        section_of(text, line, section);
    else if (sscanf(words, "[%60[^]]]: %n", section, &n) != 1)
        n = 0;
    char *where = section_words(section);
    snprintf(draft->complaint, sizeof draft->complaint, "%s: %.*s", where, 330, fact_words(words + n));
    g_free(where);
}

static int differs(const struct plumb_draft *draft, const char *text)
{
    struct plumb_message message = {""};
    char *kept;
    size_t n;
    if (!text || plumb_exercise_write(&draft->kept, &kept, &n, &message))
        return 1;
    int differ = !g_str_equal(kept, text);
    free(kept);
    return differ;
}

void plumb_draft_check(struct plumb_draft *draft)
{
    struct plumb_message message = {""};
    struct plumb_exercise read;
    char *text = NULL;
    size_t n = 0;
    draft->complaint[0] = '\0';
    int fail = plumb_exercise_write(&draft->now, &text, &n, &message);
    if (!fail)
        fail = plumb_exercise_read(&read, NAMELESS, text, n, &message);
    if (fail)
        complain(draft, text, message.text);
    draft->edited = differs(draft, text);
    draft->changed = draft->edited || plumb_draft_is_nowhere(draft);
    draft->to_disk = 1;
    free(text);
}

/* ---- files */

int plumb_draft_keep(struct plumb_draft *draft, struct plumb_message *message)
{
    int fail = 0;
    if (!draft->to_disk)
        return 0;
    if (draft->changed)
        fail = plumb_own_exercise_keep(&draft->now, message);
    else if (draft->on_disk)
        plumb_own_exercise_forget(draft->id);
    draft->on_disk = draft->changed && !fail;
    draft->to_disk = 0; /* a full disk is tried again with the next change */
    return fail;
}

/* Whose comments it takes over; NULL: nobody's. */
static const char *edited_file(const struct plumb_draft *draft, char path[PLUMB_PATH_N])
{
    if (draft->from[0])
        return draft->from;
    return plumb_own_exercise_edited(draft->id, path) ? NULL : path;
}

int plumb_draft_save(struct plumb_draft *draft, struct plumb_message *message)
{
    char like[PLUMB_PATH_N];
    int fail = plumb_own_exercise_save(&draft->now, edited_file(draft, like), message);
    if (fail)
        return fail;
    draft->kept = draft->now;
    draft->from[0] = '\0';
    draft->recalled = 0;
    draft->damaged = 0;
    draft->field = NULL;
    plumb_own_exercise_look(draft->id, &draft->there);
    plumb_draft_check(draft);
    return 0;
}

/* Two of one name cannot be told apart in a list. */
static void rename_copy(struct plumb_exercise *copy, const char *name)
{
    char text[sizeof copy->name + MINE_N];
    if (!g_str_equal(copy->name, name))
        return;
    g_snprintf(text, sizeof text, _("%.*s (mine)"), (int)sizeof copy->name - MINE_N, name);
    if (g_utf8_validate(text, -1, NULL))
        g_strlcpy(copy->name, text, sizeof copy->name);
}

int plumb_draft_save_as_new(struct plumb_draft *draft, char id[48], struct plumb_message *message)
{
    struct plumb_exercise copy = draft->now;
    char like[PLUMB_PATH_N];
    rename_copy(&copy, draft->kept.name);
    if (plumb_own_exercise_new_id(copy.name, id)) {
        g_strlcpy(message->text, _("There are too many of that name: choose another"), sizeof message->text);
        return PLUMB_USAGE;
    }
    memcpy(copy.id, id, sizeof copy.id);
    int fail = plumb_own_exercise_save(&copy, edited_file(draft, like), message);
    if (!fail && draft->changed)
        plumb_draft_discard(draft);
    return fail;
}

/* What is in force now takes the place of what was edited, which can be had back. */
static int load_anew(struct plumb_draft *draft, struct plumb_message *message)
{
    int fail = load(draft, message);
    if (!fail)
        plumb_draft_discard(draft);
    return fail;
}

int plumb_draft_set_aside(struct plumb_draft *draft, struct plumb_message *message)
{
    int fail = plumb_own_exercise_set_aside(draft->id, message);
    return fail ? fail : load_anew(draft, message);
}

int plumb_draft_take_back(struct plumb_draft *draft, struct plumb_message *message)
{
    int fail = plumb_own_exercise_take_back(draft->id, message);
    return fail ? fail : load_anew(draft, message);
}
