/* The one home of FFTW: zero-phase filters and spectra of evenly spaced recordings. Frequencies in Hz.
 *
 * Values must be finite: one NaN spoils the whole recording, so gaps are to be bridged before.
 * FFTW's planner is not thread-safe: call from one thread at a time. Its plans and the work array of one call
 * (about 8 bytes for each value and its padding) are the only allocation in core; nothing survives the call.
 */
#ifndef PLUMB_SPECTRUM_H
#define PLUMB_SPECTRUM_H

#include <stddef.h>

/* In place, zero phase: keeps what is below cut_hz. The gain is that of a fourth-order Butterworth filter run
 * forward and backward, 1/(1+(f/cut)^8): one half at cut_hz. A constant and a straight line pass untouched;
 * the ends are continued by odd reflection about a fitted end, so nothing rings there. n below 3: untouched.
 * Returns 0, or -1 when memory is short (values untouched). Linear in memory; any n. */
int plumb_spectrum_low_pass(double *values, size_t n, double rate_hz, double cut_hz);

/* In place, zero phase: keeps low_hz..high_hz, with the same slopes. A constant and a straight line vanish. n
 * below 3: zeros. Returns as above. */
int plumb_spectrum_band_pass(double *values, size_t n, double rate_hz, double low_hz, double high_hz);

/* Welch's one-sided power density (unit^2/Hz) with Hann windows of segment_n, half overlapped, mean removed;
 * density has segment_n/2+1 entries, bin k at k*rate_hz/segment_n. Returns the number of windows averaged, 0
 * when n is too short, -1 when memory is short. */
int plumb_spectrum_density(const double *values, size_t n, double rate_hz, double *density, size_t segment_n);

#endif
