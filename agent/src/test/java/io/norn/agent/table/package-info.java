/** The command table against real servers. Apart because it starts each kind of server there is. */
package io.norn.agent.table;
