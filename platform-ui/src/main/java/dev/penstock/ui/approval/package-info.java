/**
 * The inbox of requests that wait for a decision, with the facts to decide on one screen. Owns no rule; who may decide, platform-backend
 * says with every request.
 */
@NullMarked
package dev.penstock.ui.approval;

import org.jspecify.annotations.NullMarked;
