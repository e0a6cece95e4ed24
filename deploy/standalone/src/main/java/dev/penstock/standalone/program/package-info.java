/**
 * Runs the application jars that a cluster runs, each in a class loader of its own inside this process: they cannot see each other's
 * classes, nor the launcher's. Owns unpacking, start, health and stop. Knows nothing of what they are configured with.
 */
@NullMarked
package dev.penstock.standalone.program;

import org.jspecify.annotations.NullMarked;
