/**
 * SimModelServer: speaks vLLM's HTTP API, and Messages as Anthropic's service does, without a GPU and without a model, for development and tests. Its answers and its
 * token counts follow from the request alone. Owns what is answered, how fast, what goes wrong on demand, and the server's
 * own account of what it produced; it knows nothing of the cluster it may stand in and is on no production class path.
 */
@NullMarked
package dev.penstock.simulators.model;

import org.jspecify.annotations.NullMarked;
