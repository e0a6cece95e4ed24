/**
 * Chat completions for servers that speak Anthropic's Messages: a call on its way there, an answer or its stream on its way back. Builds trees, as the other
 * translations do. Pure: no I/O, no clock, nothing of who calls or what it costs; what is counted is read of what the server says, before it comes here.
 */
@NullMarked
package dev.penstock.quota.gateway.anthropic;

import org.jspecify.annotations.NullMarked;
