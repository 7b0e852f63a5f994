/**
 * What each write command means for merging: which keys and elements it touches, and how. Apart
 * from the window, which only knows these meanings.
 */
package io.norn.command;
