#include "flight.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/io/find_data.h"
#include "host/io/load_exercise.h"
#include "host/io/simulation.h"
#include "host/patient/clip.h"
#include "host/session/session.h"

#define STEP_MS 10

static int add(struct flight *flight, const struct plumb_sample *sample)
{
    struct plumb_track *track = &flight->track;
    if (track->n == flight->room) {
        flight->room = flight->room ? 2 * flight->room : 4096;
        track->t_s = realloc(track->t_s, flight->room * sizeof *track->t_s);
        track->present = realloc(track->present, flight->room);
        track->flags = realloc(track->flags, flight->room);
        track->imu[PLUMB_PELVIS] =
            realloc(track->imu[PLUMB_PELVIS], flight->room * sizeof *track->imu[PLUMB_PELVIS]);
    }
    if (!track->t_s || !track->present || !track->flags || !track->imu[PLUMB_PELVIS])
        return -1;
    track->t_s[track->n] = sample->t_s;
    track->present[track->n] = 1u << PLUMB_PELVIS;
    track->flags[track->n] = (unsigned char)sample->flags;
    track->imu[PLUMB_PELVIS][track->n++] = plumb_imu_pack(&sample->imu[PLUMB_PELVIS]);
    return 0;
}

static int fly_in_process(struct flight *flight)
{
    struct plumb_clip_params params;
    struct plumb_clip clip;
    struct plumb_sample sample = {0};
    plumb_clip_params_default(&params);
    plumb_clip_init(&clip, &params, &flight->patient);
    while (sample.t_s < flight->patient.scenario.length_s) {
        plumb_clip_next(&clip, &flight->patient, &sample);
        if (add(flight, &sample))
            return -1;
    }
    return 0;
}

/* ---- through the firmware */

static int write_scenario(char path[], unsigned long long seed, double difficulty)
{
    int file = mkstemps(path, 9);
    if (file < 0)
        return -1;
    int bad = dprintf(file, "[random]\nseed = %llu\ndifficulty = %.2f\n", seed, difficulty) < 0;
    close(file);
    return bad ? -1 : 0;
}

static int
take_bytes(struct flight *flight, struct plumb_session *session, const struct plumb_simulation_event *event)
{
    struct plumb_event said;
    const uint8_t *bytes = event->bytes;
    for (size_t n = event->bytes_n, used; n; bytes += used, n -= used) {
        used = plumb_session_bytes(session, event->world_us, bytes, n);
        while (plumb_session_next(session, &said))
            if (said.kind == PLUMB_EVENT_SAMPLE && add(flight, &said.row.sample))
                return -1;
    }
    return 0;
}

static int
run_board(struct flight *flight, struct plumb_simulation *simulation, struct plumb_message *message)
{
    struct plumb_session_params params;
    struct plumb_session *session = malloc(sizeof *session);
    struct plumb_simulation_event event;
    int more = session ? 1 : -1;
    plumb_session_params_default(&params);
    if (session)
        plumb_session_init(session, &params);
    while (more > 0) {
        more = plumb_simulation_step(simulation, STEP_MS, message);
        while (more >= 0 && plumb_simulation_next(simulation, &event))
            if (event.kind == PLUMB_SIMULATION_BYTES && take_bytes(flight, session, &event))
                more = -1;
    }
    free(session);
    return more;
}

static int fly_on_board(struct flight *flight, double difficulty)
{
    char path[] = "/tmp/plumb-flight-XXXXXX.scenario";
    struct plumb_message message = {""};
    int fail = write_scenario(path, flight->seed, difficulty);
    struct plumb_simulation_options options = {.feed = {.scenario_path = path}};
    struct plumb_simulation *simulation = fail ? NULL : plumb_simulation_open(&options, &fail, &message);
    if (simulation)
        fail = run_board(flight, simulation, &message);
    plumb_simulation_close(simulation, NULL);
    unlink(path);
    if (fail)
        fprintf(stderr, "seed %llu: %s\n", flight->seed, message.text);
    return fail;
}

/* ---- markers and truth */

static void place_marks(struct flight *flight)
{
    struct plumb_scenario_mark marks[PLUMB_SCENARIO_MARKS_N];
    size_t n = plumb_scenario_marks(&flight->patient.scenario, marks), row = 0;
    for (size_t i = 0; i < n; i++) {
        double t_s = marks[i].t_s * (1 + flight->fast);
        while (row + 1 < flight->track.n && flight->track.t_s[row] < t_s)
            row++;
        flight->marks[flight->marks_n++] =
            (struct plumb_mark){marks[i].kind, row, flight->track.t_s[row], NULL};
    }
}

struct plumb_truth flight_truth(const struct flight *flight, double t_s)
{
    return plumb_patient_truth(&flight->patient, t_s / (1 + flight->fast));
}

int flight_fly(struct flight *flight, unsigned long long seed, double difficulty, int firmware)
{
    struct plumb_scenario scenario;
    memset(flight, 0, sizeof *flight);
    flight->seed = seed;
    plumb_scenario_random(&scenario, seed, difficulty);
    plumb_patient_init(&flight->patient, &scenario);
    flight->fast = firmware ? scenario.clock_fast : 0;
    if (firmware ? fly_on_board(flight, difficulty) : fly_in_process(flight))
        return -1;
    place_marks(flight);
    return flight->track.n ? 0 : -1;
}

void flight_free(struct flight *flight)
{
    free(flight->track.t_s);
    free(flight->track.present);
    free(flight->track.flags);
    free(flight->track.imu[PLUMB_PELVIS]);
}

int flight_exercise(struct plumb_exercise *exercise, const char *id)
{
    char path[PLUMB_PATH_N];
    struct plumb_message message = {""};
    if (plumb_data_find("exercises", ".exercise", id, path, &message) == 0 &&
        plumb_exercise_load(exercise, path, &message) == 0)
        return 0;
    fprintf(stderr, "%s\n", message.text);
    return -1;
}
