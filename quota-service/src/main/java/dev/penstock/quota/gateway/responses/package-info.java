/**
 * OpenAI's Responses for models that speak chat completions: a call is translated before it is read, an answer after it was counted, so that what is
 * bounded, limited and booked is the call of chat completions. Keeps nothing between calls. Builds trees; what passes untranslated never does.
 */
@NullMarked
package dev.penstock.quota.gateway.responses;

import org.jspecify.annotations.NullMarked;
