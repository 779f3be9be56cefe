/* Reads a scenario's data file (host/scenarios/example.scenario explains every key), or a timetable of
 * faults. */
#ifndef PLUMB_LOAD_SCENARIO_H
#define PLUMB_LOAD_SCENARIO_H

#include "../core/message.h"
#include "../patient/scenario.h"

/* 0, or PLUMB_DAMAGED / PLUMB_FAILED with a message naming file and line. */
int plumb_scenario_load(struct plumb_scenario *scenario, const char *path, struct plumb_message *message);

/* Adds the [fault] sections of a file that holds nothing else. The same answers. */
int plumb_faults_load(struct plumb_scenario *scenario, const char *path, struct plumb_message *message);

#endif
