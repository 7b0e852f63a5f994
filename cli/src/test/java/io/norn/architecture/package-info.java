/**
 * Rules for the whole project, as tests. They stand in the last module, because only this one sees
 * all others.
 */
package io.norn.architecture;
