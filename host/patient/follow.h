/* A patient who does what an exercise asks, at the moment it asks: with either side, both, a pause, a step
 * left out, in an exercise that nobody has seen before. What a scenario's timetable cannot know.
 */
#ifndef PLUMB_FOLLOW_H
#define PLUMB_FOLLOW_H

#include "patient.h"

/* From t_s on the patient does what that step wants, in that pose; NULL: rests, as in a pause. What is under
 * way is brought to its end, what was still to come is not done. Times of asking rise. Nothing is flagged of
 * what is done so: every repetition is large enough and slow, holds are kept. A step with more than some
 * ninety repetitions is left unfinished. */
void plumb_patient_asked(
    struct plumb_patient *patient, const struct plumb_step *step, enum plumb_pose pose, double t_s);

#endif
