/**
 * What every screen is made of: its address, the person who looks, the parts (panel, table, badge, meter, timeline, problem …) and how
 * numbers and times are written. Owns the look; knows no service and no particular screen.
 */
@NullMarked
package dev.penstock.ui.base;

import org.jspecify.annotations.NullMarked;
