#include "pages.h"

#include <math.h>

static const char *const NAMES[PAGE_KINDS_N] = {"plain", "sides", "none", "long", "crowd", "bare"};

static const char *const CAUTIONS[] = {
    "For exercise and learning, not a medical device. Limits chosen by you or your physiotherapist; no study "
    "says where control is lost.",
    "Angles are changes from this session's own neutral."};

static const struct plumb_page_fact BODY[] = {
    {"Neutral", "captured in the start pose over 10 s"},
    {"Breathing", "15.3 a minute, 1.8\u00b0 peak to peak at neutral"},
    {"Tremor", "0.12\u00b0 rms within the holds"},
    {"Arching", "of the lower back: inferred from the pelvis, not measured"},
};
static const struct plumb_page_fact WITH[] = {
    {"Sensor", "MPU-6050 at the pelvis; clip 0000002A, Arduino Nano"},
    {"Calibration", "12 November 2026, ten ways of holding it still, residual 0.4 %"},
    {"Alignment", "good, from the wearer's tilts, 97 % about one axis"},
    {"In doubt", "4.2 s of the holds: clip had slipped 3.0 s, no data 1.2 s"},
    {"Samples", "25600 at 200.0 Hz, 1.2 s lost in 1 gaps"},
};

static const char *const TREND[] = {
    "Flags: pelvis tipping forward 2\u00d7, lower back arching 2\u00d7 (inferred).",
    "Left: more seconds in the zone than four weeks ago. Right: no clear change.",
};

static void plain(struct page_example *example)
{
    struct plumb_page *page = &example->page;
    page->title = "Edge-of-table hip flexor stretch (Level Two)";
    page->subtitle = "Right side, lying on your back";
    page->who = "Anna";
    page->who_more = "code P-17, born 1984";
    page->when = "Sunday 29 November 2026, 06:26 (UTC+01:00)";
    page->date = "2026-11-29T06:26:02+01:00";
    page->summary = TREND;
    page->summary_n = 1;
    page->figures[0] = (struct plumb_page_figure){"85.6 s", "in zone of 90 s asked"};
    page->figures[1] = (struct plumb_page_figure){"1", "time out of the set zone"};
    page->figures[2] = (struct plumb_page_figure){"+9.1\u00b0", "farthest forward"};
    page->figures[3] = (struct plumb_page_figure){"0.0 s", "of the holds in doubt"};
    page->figures_n = 4;
    page->trace = &example->session.chart;
    page->limits[0] =
        "Limits in force: in zone within \u00b13.0\u00b0; out beyond +5.0\u00b0 for 0.7 s, or +8.0\u00b0 "
        "at once; back below +3.5\u00b0 for 0.5 s; far back beyond \u22128.0\u00b0; turning beyond "
        "\u00b18.0\u00b0.";
    page->lists[0] = (struct plumb_page_list){"The body", BODY, 4};
    page->lists[1] = (struct plumb_page_list){"With what, and how sure", WITH, 5};
    page->cautions = CAUTIONS;
    page->cautions_n = 2;
    page->footer = "plumb 0.1.0 \u00b7 session 0b5f2a44";
}

/* n holds, the first half of them left where there are both. */
static void holds(struct page_example *example, size_t n, int both)
{
    struct plumb_page *page = &example->page;
    for (size_t i = 0; i < n; i++) {
        int side = both ? i >= n / 2 : 1;
        double out_s = (double)(i % 3) * 2.4;
        struct plumb_page_hold hold = {
            .side = side,
            .in_zone_s = 45 - out_s,
            .held_s = 45 + out_s,
            .longest_s = 31 - out_s,
            .asked_s = 45,
            .excursions = (unsigned)(i % 3),
            .worst_deg = 4.6 + 2.2 * (double)(i % 3),
            .neutral_deg = i % 4 == 3 ? NAN : 0.3 * (double)i,
            .neutral_moved = i > 9};
        struct plumb_page_side *sum = &page->sides[side];
        sum->words = side ? "Right" : "Left";
        example->holds[i] = hold;
        sum->asked_s = sum->holds_n ? sum->asked_s + 45 : 45;
        sum->holds_n++;
        sum->excursions += hold.excursions;
        sum->in_zone_s += hold.in_zone_s;
        sum->held_s += hold.held_s;
        sum->longest_s = fmax(sum->longest_s, hold.longest_s);
        sum->worst_deg = fmax(sum->worst_deg, hold.worst_deg);
    }
    page->holds = example->holds;
    page->holds_n = n;
}

static void weeks(struct page_example *example, int both)
{
    static const char *const mondays[] = {"5 Oct", "12 Oct", "19 Oct", "26 Oct",
                                          "2 Nov", "9 Nov",  "16 Nov", "23 Nov"};
    static const double left_s[] = {120, 212, 268, 270, 181, 240, 330, 358};
    struct plumb_page_bars *bars = &example->page.weeks;
    for (int i = 0; i < 8; i++)
        example->bars[i] =
            (struct plumb_page_bar){mondays[i], {both ? left_s[i] : NAN, i == 2 ? 0 : 0.86 * left_s[7 - i]}};
    *bars = (struct plumb_page_bars){
        .heading = "In the zone, week by week",
        .bars = example->bars,
        .bars_n = 8,
        .asked_s = 270,
        .asked = "asked: 270 s a week and side",
        .side_word = {both ? "Left" : NULL, "Right"}};
}

/* So many holds and flags in the chart, one after the other. */
static void crowd_chart(struct page_example *example, size_t holds_n, size_t flags_n)
{
    static const char *const kinds[] = {"anterior_rotation", "lumbar_arch", "pelvic_rotation",
                                        "posterior_tilt",    "sensor_slip", "saturated",
                                        "obliquity"};
    struct plumb_trace_chart *chart = &example->session.chart;
    double step_s = 126.0 / (double)holds_n;
    for (size_t i = 0; i < holds_n; i++)
        example->trace_holds[i] = (struct plumb_trace_hold){
            1 + step_s * (double)i, 1 + step_s * ((double)i + 0.8), 0.7 * step_s, 0.8 * step_s, 1, 4.6};
    for (size_t i = 0; i < flags_n; i++) {
        double at_s = 2 + 0.3 * (double)i;
        example->trace_flags[i] = (struct plumb_trace_flag){
            kinds[i % 7], i % 2 ? "inferred" : "measured", at_s, at_s + 0.1, at_s + 0.4, 5 + (double)(i % 6)};
    }
    chart->holds = example->trace_holds;
    chart->holds_n = holds_n;
    chart->flags = example->trace_flags;
    chart->flags_n = flags_n;
}

static void sides(struct page_example *example)
{
    struct plumb_page *page = &example->page;
    page->subtitle = "Left and right side, lying on your back";
    page->summary_n = 2;
    page->side_verdict = "The right side was harder to keep in the zone over the last four weeks.";
    page->note = "Knee a little stiff today, no pain. Second pillow under the head.";
    holds(example, 8, 1);
    crowd_chart(example, 8, 12);
    weeks(example, 1);
}

static void many_words(struct page_example *example)
{
    struct plumb_page *page = &example->page;
    sides(example);
    page->title =
        "Halbkniender Hueftbeugerstretch mit sehr langer Bezeichnung und noch einem Zusatz in Klammern "
        "(Stufe Zwei, mit dem Gurt um das Fussgelenk)";
    page->who =
        "\u00c5ngstr\u00f6m-\u0141ukasiewicz \u0410\u043d\u043d\u0430 \u5c71\u7530\u82b1\u5b50 \U0001F938 "
        "und noch ein sehr langer Name hinterher";
    page->who_more = "code PRAXIS-AM-MARKTPLATZ-2026-000000000000000000000000000017, born 1984";
    page->note =
        "Unbreakable:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
        "\u4eca\u65e5\u306f\u819d\u304c\u5c11\u3057\u786c\u3044\u3067\u3059\u3002\u75db\u307f\u306f\u3042"
        "\u308a\u307e\u305b\u3093\u3002 and on, and on, and on, and on, and on, and on, and on, and on, and "
        "on, "
        "and on, and on, and on, and on, and on, and on, and on, and on, and on, and on, until it is cut.";
    page->side_verdict = page->note;
}

static void none(struct page_example *example)
{
    struct plumb_page *page = &example->page;
    example->session.chart.holds_n = example->session.chart.flags_n = 0;
    example->session.chart.zone = NULL;
    page->summary_n = 0;
    page->figures[0] = (struct plumb_page_figure){"2:08", "recorded"};
    page->figures_n = 1;
    page->no_holds = "This exercise is counted and never judged: it has no holds.";
}

void page_example_make(struct page_example *example, enum page_kind kind, double seconds, double rate_hz)
{
    *example = (struct page_example){0};
    session_make(&example->session, seconds, rate_hz);
    plumb_page_init(&example->page);
    if (kind != PAGE_BARE)
        plain(example);
    if (kind == PAGE_PLAIN)
        holds(example, 2, 0);
    if (kind == PAGE_SIDES)
        sides(example);
    if (kind == PAGE_NONE)
        none(example);
    if (kind == PAGE_LONG)
        many_words(example);
    if (kind == PAGE_CROWD) {
        holds(example, PAGE_HOLDS_MOST, 1);
        crowd_chart(example, PAGE_HOLDS_MOST, PAGE_FLAGS_MOST);
        weeks(example, 1);
    }
}

void page_example_free(struct page_example *example)
{
    session_free(&example->session);
}

const char *page_kind_name(enum page_kind kind)
{
    return NAMES[kind];
}

/* ---- a patient */

static const char *const EXERCISES[] = {
    "Edge-of-table hip flexor stretch (Level Two)",
    "Half-kneeling hip flexor stretch",
    "Prone strap stretch",
    "Side-lying release",
    "Psoas split with both arms up and a name that is too long for its column",
    "Knee drop",
    "Frog",
    "Butterfly",
    "Crab walk"};

static void exercise_make(struct patient_example *example, size_t i)
{
    struct plumb_patient_exercise *exercise = &example->exercises[i];
    int both = i % 3 != 2, judged = i != 5;
    for (int week = 0; week < PLUMB_PATIENT_WEEKS_N; week++)
        example->bars[i][week] = (struct plumb_page_bar){
            example->page.weeks[week],
            {both ? 40.0 * (double)((week * 3 + (int)i) % 8) : NAN,
             38.0 * (double)((week * 5 + (int)i) % 9)}};
    *exercise = (struct plumb_patient_exercise){.name = EXERCISES[i], .sessions_n = (unsigned)(24 - 2 * i)};
    exercise->weeks = (struct plumb_page_bars){
        .bars = example->bars[i],
        .bars_n = judged ? PLUMB_PATIENT_WEEKS_N : 0,
        .asked_s = i % 4 == 3 ? NAN : 180,
        .asked = "asked: 180 s a week and side",
        .side_word = {both ? "Left" : NULL, "Right"}};
    for (int side = both ? 0 : 1; side < 2 && judged; side++)
        exercise->sides[side] = (struct plumb_page_side){
            .words = side ? "Right" : "Left",
            .holds_n = 40,
            .excursions = 12 + (unsigned)side,
            .in_zone_s = 1180 - 700.0 * side,
            .worst_deg = side ? 9.4 : NAN,
            .asked_s = NAN};
    exercise->trend[0] = "Left: more seconds in the zone than four weeks ago.";
    exercise->trend[1] = "Right: no clear change.";
}

void patient_example_make(struct patient_example *example, size_t exercises_n)
{
    static const char *const mondays[] = {"5 Oct", "12 Oct", "19 Oct", "26 Oct",
                                          "2 Nov", "9 Nov",  "16 Nov", "23 Nov"};
    struct plumb_patient_page *page = &example->page;
    *example = (struct patient_example){0};
    page->who = "Anna";
    page->who_more = "code P-17, born 1984";
    page->period = "Eight weeks, 5 Oct to 29 Nov 2026";
    page->made = "up to Sunday 29 November 2026, 06:26 (UTC+01:00)";
    page->date = "2026-11-29T06:26:02+01:00";
    page->figures[0] = (struct plumb_page_figure){"38", "sessions"};
    page->figures[1] = (struct plumb_page_figure){"29", "days of 56"};
    page->figures[2] = (struct plumb_page_figure){"1:12:40", "in the zone"};
    page->figures[3] = (struct plumb_page_figure){"96", "times out of the set zone"};
    page->figures_n = 4;
    for (int week = 0; week < PLUMB_PATIENT_WEEKS_N; week++)
        page->weeks[week] = mondays[week];
    for (int day = 0; day < PLUMB_PATIENT_DAYS_N; day++)
        page->sessions[day] = (unsigned char)(day % 3 == 1 ? 0 : day % 11 == 5 ? 12 : day % 2 + 1);
    page->days_n = PLUMB_PATIENT_DAYS_N;
    page->summary = TREND + 1;
    page->summary_n = 1;
    for (size_t i = 0; i < exercises_n; i++)
        exercise_make(example, i);
    page->exercises = example->exercises;
    page->exercises_n = exercises_n;
    page->cautions = CAUTIONS;
    page->cautions_n = 2;
    page->footer = "plumb 0.1.0";
}
