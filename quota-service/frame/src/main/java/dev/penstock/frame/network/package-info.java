/** Networks of addresses, as they are written in settings and by people. Never looks a name up. */
@NullMarked
package dev.penstock.frame.network;

import org.jspecify.annotations.NullMarked;
