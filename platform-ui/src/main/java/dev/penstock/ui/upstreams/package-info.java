/** Servers outside of the house: where they are, what they may be given, which models they serve. Administrators make them and auditors read them. */
@NullMarked
package dev.penstock.ui.upstreams;

import org.jspecify.annotations.NullMarked;
