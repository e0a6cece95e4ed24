/**
 * Plays what runs in a workspace: a page that says so, paths that show what reached it, a web socket that says back what it hears, and the first line of
 * an SSH server. Does not know who starts it.
 */
@NullMarked
package dev.penstock.simulators.workspace;

import org.jspecify.annotations.NullMarked;
