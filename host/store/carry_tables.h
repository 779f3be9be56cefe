/* Which tables of a session are carried, in their order: how their rows are read, and how they are put into
 * another store. Shared by carry*.c alone. */
#ifndef PLUMB_CARRY_TABLES_H
#define PLUMB_CARRY_TABLES_H

struct plumb_carry_table {
    const char *name;
    const char *select; /* its columns name the fields; ?1 is the session */
    /* Run one after the other, NULL-ended: :name is the row's field of that name, :session and :patient what
     * they are in this store. */
    const char *insert[3];
};

/* Ended by a NULL name. "patient" comes first, then "patient_words", then "session". */
extern const struct plumb_carry_table plumb_carry_tables[];

#endif
