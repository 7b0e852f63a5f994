/**
 * The decisions: which changes of other nodes are executed here, and how, so that every element
 * holds the effect of the operation with the largest stamp. Apart from the writer that executes
 * them: decisions know no server.
 */
package io.norn.merge;
