/** What README and docs tell people to type, tried. */
package io.norn.docs;
