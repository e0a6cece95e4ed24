/** What may run on slices that people work on: the list that administrators curate. */
@NullMarked
package dev.penstock.ui.images;

import org.jspecify.annotations.NullMarked;
