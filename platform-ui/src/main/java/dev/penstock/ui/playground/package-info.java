/**
 * The playground: a conversation with one model or two, each answer with what it took and what it cost as it was booked. Owns what is said, for as
 * long as the page is open; nothing of it is stored.
 */
@NullMarked
package dev.penstock.ui.playground;

import org.jspecify.annotations.NullMarked;
