/**
 * Calls a running installation over its public interfaces and nothing else, as one of the development personas or with a key: what a script
 * of somebody else could do just as well. Owns no rule and knows nothing of how the installation was started.
 */
@NullMarked
package dev.penstock.standalone.client;

import org.jspecify.annotations.NullMarked;
