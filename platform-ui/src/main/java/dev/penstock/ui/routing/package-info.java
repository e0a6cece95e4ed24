/** Names that stand for several models, and which of those is asked: what administrators make and auditors read. */
@NullMarked
package dev.penstock.ui.routing;

import org.jspecify.annotations.NullMarked;
