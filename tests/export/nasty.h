/* A session made to trouble exporters: gaps, a sensor lost for a while, angles that are not known, hundreds
 * of flags and markers, two of them at one moment, names and notes with accents, emoji, quotes, line breaks,
 * tabs, formulas and ways out of a folder, a clock that begins anywhere and a rate that is no whole number.
 *
 * What its rows say is a plain function of time, so that whoever reads an export back can compute what it
 * must hold (tests/export/nasty.py is the same in Python):
 *
 *   t_s       = 1234.5 + k / 99.78, k counting on through the gap
 *   no rows     for 20 <= t_s - 1234.5 < 23
 *   no lumbar   for 30 <= t_s - 1234.5 < 35: no reading, no orientation, lumbar_deg not known
 *   tilt_deg  = 10 sin(0.3 t) + 0.5 sin(2 t), not known for 25 <= t_s - 1234.5 < 26
 *   rotation_deg = 4 cos(0.2 t), lumbar_deg = 6 sin(0.25 t), tilt_sd_deg = 0.25; obliquity_deg, hip_deg not
 * known zone        red above 5 deg, amber above 3, else green; off before the first hold and where not known
 *   q_ws      = turned by tilt (pelvis) or lumbar (lumbar) about x
 */
#ifndef PLUMB_TESTS_NASTY_H
#define PLUMB_TESTS_NASTY_H

#include "host/session/dossier.h"

#define NASTY_FIRST_S 1234.5
#define NASTY_RATE_HZ 99.78

struct nasty {
    double duration_s; /* 60 where 0 */
    double rate_hz;    /* NASTY_RATE_HZ where 0 */
    int events_n;      /* flags, and as many notes; 500 where 0, -1 for none */
    int plain;         /* 1: no gaps, no loss, ordinary words */
};

/* Owned by the caller: plumb_dossier_free. Aborts when memory is short. */
void nasty_dossier(struct plumb_dossier *dossier, const struct nasty *nasty);

#endif
