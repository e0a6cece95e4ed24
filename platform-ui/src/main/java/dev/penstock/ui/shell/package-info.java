/**
 * The frame around every screen: top bar, navigation, project switcher, command search, keyboard, theme, what happens when the session
 * ends or something breaks. Owns no content; it passes changes on to the screen that is open.
 */
@NullMarked
package dev.penstock.ui.shell;

import org.jspecify.annotations.NullMarked;
