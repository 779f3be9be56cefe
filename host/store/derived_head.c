#include "derived_head.h"

#include <plumb/bytes.h>
#include <string.h>

struct walk {
    uint8_t *out;      /* where it is written to, or NULL */
    const uint8_t *in; /* where it is read from, or NULL */
    size_t n;          /* numbers passed */
};

static void number(struct walk *walk, double *value)
{
    uint64_t bits;
    size_t at = 8 * walk->n++;
    if (walk->out) {
        memcpy(&bits, value, sizeof bits);
        plumb_put_u64(walk->out + at, bits);
        return;
    }
    if (!walk->in)
        return;
    bits = plumb_get_u64(walk->in + at);
    memcpy(value, &bits, sizeof bits);
}

/* Whole numbers of any type, kept as doubles; 53 bits are enough for all of these. */
#define WHOLE(walk, field, type)                                                                             \
    do {                                                                                                     \
        double value = (double)(field);                                                                      \
        number(walk, &value);                                                                                \
        (field) = (type)value;                                                                               \
    } while (0)

static void vec3(struct walk *walk, struct plumb_vec3 *v)
{
    number(walk, &v->x);
    number(walk, &v->y);
    number(walk, &v->z);
}

static void mount(struct walk *walk, struct plumb_mount *m)
{
    WHOLE(walk, m->method, enum plumb_mount_method);
    WHOLE(walk, m->quality, enum plumb_mount_quality);
    WHOLE(walk, m->doubts, unsigned);
    WHOLE(walk, m->tilts_n, int);
    vec3(walk, &m->ml_axis_s);
    double *const numbers[] = {&m->explained, &m->off_level_rad, &m->repeat_rad, &m->axis_sd_rad,
                               &m->q_sb.w,    &m->q_sb.x,        &m->q_sb.y,     &m->q_sb.z};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        number(walk, numbers[i]);
}

static void thresholds(struct walk *walk, struct plumb_thresholds *t)
{
    double *const numbers[] = {&t->amber_rad,     &t->red_rad,        &t->delay_s,
                               &t->release_rad,   &t->release_s,      &t->immediate_rad,
                               &t->posterior_rad, &t->turn_amber_rad, &t->turn_red_rad};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        number(walk, numbers[i]);
}

static void quality(struct walk *walk, struct plumb_quality *q)
{
    WHOLE(walk, q->samples_n, size_t);
    WHOLE(walk, q->gaps_n, size_t);
    number(walk, &q->lost_s);
    number(walk, &q->rate_hz);
    number(walk, &q->rest_fraction);
}

static void neutral(struct walk *walk, struct plumb_neutral *n)
{
    number(walk, &n->start_s);
    number(walk, &n->end_s);
    number(walk, &n->breath_pp_rad);
    number(walk, &n->breath_per_min);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        vec3(walk, &n->up_b[role]);
}

static void head(struct walk *walk, struct plumb_dossier *dossier)
{
    WHOLE(walk, dossier->mount_from, enum plumb_found);
    WHOLE(walk, dossier->neutral_from, enum plumb_found);
    WHOLE(walk, dossier->holds_marked, int);
    WHOLE(walk, dossier->roles, unsigned);
    number(walk, &dossier->doubt_s);
    number(walk, &dossier->tremor_rad);
    neutral(walk, &dossier->neutral);
    quality(walk, &dossier->quality);
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++)
        thresholds(walk, &dossier->thresholds[side]);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        mount(walk, &dossier->mount[role]);
}

size_t plumb_derived_head_put(uint8_t out[PLUMB_DERIVED_HEAD_N], const struct plumb_dossier *dossier)
{
    struct plumb_dossier copy = *dossier;
    struct walk walk = {.out = out};
    head(&walk, &copy);
    return 8 * walk.n;
}

int plumb_derived_head_get(struct plumb_dossier *dossier, const uint8_t *bytes, size_t n)
{
    struct plumb_dossier copy = *dossier;
    struct walk measure = {.n = 0}, walk = {.in = bytes};
    head(&measure, &copy);
    if (!bytes || n != 8 * measure.n)
        return -1;
    head(&walk, dossier);
    return 0;
}
