/**
 * Anthropic's Messages for engines that speak OpenAI's chat completions: a call on its way there, an answer or its stream on its way back. The only place of the
 * data path that builds trees. Pure: no I/O, no clock, nothing of who calls or what it costs; what is counted is read of what the engine says, before it comes here.
 */
@NullMarked
package dev.penstock.quota.gateway.messages;

import org.jspecify.annotations.NullMarked;
