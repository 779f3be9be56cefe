#include "exercise_match.h"

#include <string.h>

#define LIKE_KIND    4
#define LIKE_WORDS   4
#define LIKE_FIGURES 2
#define LIKE_NOTHING 1 /* in its place all the same: better than one gone and another come */
#define MOVED        (LIKE_KIND + LIKE_WORDS)

/* How well pairs of the steps behind row and column can fit, at best. */
struct table {
    int best[PLUMB_EXERCISE_STEPS_N + 1][PLUMB_EXERCISE_STEPS_N + 1];
};

static int same_figures(const struct plumb_step *a, const struct plumb_step *b)
{
    return a->for_s == b->for_s && a->in_zone_s == b->in_zone_s && a->at_most_s == b->at_most_s &&
           a->count == b->count && a->rep_rad == b->rep_rad && a->lowering_s == b->lowering_s;
}

static int likeness(const struct plumb_step *a, const struct plumb_step *b)
{
    int like = (a->kind == b->kind ? LIKE_KIND : 0) + (strcmp(a->say, b->say) ? 0 : LIKE_WORDS);
    return like ? like + (same_figures(a, b) ? LIKE_FIGURES : 0) : LIKE_NOTHING;
}

static int largest(int a, int b, int c)
{
    int most = a > b ? a : b;
    return most > c ? most : c;
}

static void fill(struct table *table, const struct plumb_exercise *was, const struct plumb_exercise *is)
{
    memset(table, 0, sizeof *table);
    for (int i = was->steps_n - 1; i >= 0; i--)
        for (int j = is->steps_n - 1; j >= 0; j--)
            table->best[i][j] = largest(
                table->best[i + 1][j], table->best[i][j + 1],
                table->best[i + 1][j + 1] + likeness(&was->steps[i], &is->steps[j]));
}

/* In order: the best way through the table. */
static void pair_in_order(
    const struct plumb_exercise *was, const struct plumb_exercise *is, int was_of[], unsigned char taken[])
{
    struct table table;
    fill(&table, was, is);
    for (int i = 0, j = 0; i < was->steps_n && j < is->steps_n;) {
        int like = likeness(&was->steps[i], &is->steps[j]);
        if (table.best[i][j] == table.best[i + 1][j + 1] + like) {
            was_of[j++] = i;
            taken[i++] = 1;
        } else if (table.best[i][j] == table.best[i + 1][j]) {
            i++;
        } else {
            j++;
        }
    }
}

/* What is left: a step that is the same in another place. */
static int
moved_from(const struct plumb_exercise *was, const struct plumb_step *step, const unsigned char taken[])
{
    for (int i = 0; i < was->steps_n; i++)
        if (!taken[i] && likeness(&was->steps[i], step) >= MOVED)
            return i;
    return -1;
}

void plumb_exercise_match(
    const struct plumb_exercise *was, const struct plumb_exercise *is, int was_of[PLUMB_EXERCISE_STEPS_N])
{
    unsigned char taken[PLUMB_EXERCISE_STEPS_N] = {0};
    for (int j = 0; j < PLUMB_EXERCISE_STEPS_N; j++)
        was_of[j] = -1;
    pair_in_order(was, is, was_of, taken);
    for (int j = 0; j < is->steps_n; j++) {
        if (was_of[j] >= 0)
            continue;
        was_of[j] = moved_from(was, &is->steps[j], taken);
        if (was_of[j] >= 0)
            taken[was_of[j]] = 1;
    }
}
