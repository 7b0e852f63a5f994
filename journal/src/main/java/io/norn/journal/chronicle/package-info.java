/**
 * One Chronicle Queue as a numbered list of records. The only package that knows Chronicle, so that
 * its flags, telemetry and traps are dealt with in one place.
 */
package io.norn.journal.chronicle;
