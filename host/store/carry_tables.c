#include "carry_tables.h"

#include <stddef.h>

#define OF_PATIENT "(SELECT patient_id FROM sessions WHERE id = ?1)"

const struct plumb_carry_table plumb_carry_tables[] = {
    {"patient",
     "SELECT uuid, made_utc_us FROM patients WHERE id = " OF_PATIENT,
     {"INSERT INTO patients (uuid, made_utc_us) VALUES (:uuid, :made_utc_us)"}},
    {"patient_words",
     "SELECT said_utc_us, alias, code, sex, birth_year FROM patient_words WHERE patient_id = " OF_PATIENT
     " ORDER BY id",
     {"INSERT INTO patient_words (patient_id, said_utc_us, alias, code, sex, birth_year) "
      "VALUES (:patient, :said_utc_us, :alias, :code, :sex, :birth_year)"}},
    {"session",
     "SELECT uuid, text AS exercise_text, exercise, exercise_name, side, both_sides, begun_utc_us, "
     "utc_offset_s, "
     "begun_host_us, source, program FROM sessions LEFT JOIN exercises ON exercises.id = exercise_id "
     "WHERE sessions.id = ?1",
     {"INSERT OR IGNORE INTO exercises (text) SELECT :exercise_text WHERE :exercise_text IS NOT NULL",
      "INSERT INTO sessions (uuid, patient_id, exercise_id, exercise, exercise_name, side, both_sides, "
      "begun_utc_us, utc_offset_s, begun_host_us, source, program) VALUES (:uuid, :patient, "
      "(SELECT id FROM exercises WHERE text = :exercise_text), :exercise, :exercise_name, :side, "
      ":both_sides, "
      ":begun_utc_us, :utc_offset_s, :begun_host_us, :source, :program)"}},
    {"step",
     "SELECT step, for_s, in_zone_s, at_most_s, count FROM session_steps WHERE session_id = ?1 ORDER BY step",
     {"INSERT INTO session_steps (session_id, step, for_s, in_zone_s, at_most_s, count) "
      "VALUES (:session, :step, :for_s, :in_zone_s, :at_most_s, :count)"}},
    {"thresholds",
     "SELECT side, amber_rad, red_rad, delay_s, release_rad, release_s, immediate_rad, posterior_rad, "
     "turn_amber_rad, turn_red_rad FROM session_thresholds WHERE session_id = ?1 ORDER BY side",
     {"INSERT INTO session_thresholds (session_id, side, amber_rad, red_rad, delay_s, release_rad, "
      "release_s, "
      "immediate_rad, posterior_rad, turn_amber_rad, turn_red_rad) VALUES (:session, :side, :amber_rad, "
      ":red_rad, :delay_s, :release_rad, :release_s, :immediate_rad, :posterior_rad, :turn_amber_rad, "
      ":turn_red_rad)"}},
    {"device",
     "SELECT seq, serial, hello, text AS calibration, words FROM session_devices "
     "LEFT JOIN devices ON devices.id = device_id LEFT JOIN calibrations ON calibrations.id = calibration_id "
     "WHERE session_id = ?1 ORDER BY seq",
     {"INSERT OR IGNORE INTO devices (serial, hello) SELECT :serial, :hello WHERE :hello IS NOT NULL",
      "INSERT OR IGNORE INTO calibrations (text) SELECT :calibration WHERE :calibration IS NOT NULL",
      "INSERT INTO session_devices (session_id, seq, device_id, calibration_id, words) VALUES (:session, "
      ":seq, "
      "(SELECT id FROM devices WHERE hello = :hello), (SELECT id FROM calibrations WHERE text = "
      ":calibration), "
      ":words)"}},
    {"block",
     "SELECT seq, begun_host_us, ended_host_us, received_n, checksum, data FROM blocks WHERE session_id = ?1 "
     "ORDER BY seq",
     {"INSERT INTO blocks (session_id, seq, begun_host_us, ended_host_us, received_n, checksum, data) "
      "VALUES (:session, :seq, :begun_host_us, :ended_host_us, :received_n, :checksum, :data)"}},
    {"marker",
     "SELECT seq, t_s, text FROM markers WHERE session_id = ?1 ORDER BY seq",
     {"INSERT INTO markers (session_id, seq, t_s, text) VALUES (:session, :seq, :t_s, :text)"}},
    {"annotation",
     "SELECT said_utc_us, note, tags FROM annotations WHERE session_id = ?1 ORDER BY id",
     {"INSERT INTO annotations (session_id, said_utc_us, note, tags) VALUES (:session, :said_utc_us, :note, "
      ":tags)"}},
    {"end",
     "SELECT utc_us, how, duration_us FROM session_ends WHERE session_id = ?1",
     {"INSERT INTO session_ends (session_id, utc_us, how, duration_us) VALUES (:session, :utc_us, :how, "
      ":duration_us)"}},
    {NULL, NULL, {NULL}},
};
