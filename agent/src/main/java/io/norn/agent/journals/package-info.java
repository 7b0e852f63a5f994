/**
 * Looks into journals for operators. Apart, because it only reads, and what it reads may be at any
 * place in a stream.
 */
package io.norn.agent.journals;
