/** A program as small as one can be, packed by tests as an application jar. */
@NullMarked
package dev.penstock.standalone.program.sample;

import org.jspecify.annotations.NullMarked;
