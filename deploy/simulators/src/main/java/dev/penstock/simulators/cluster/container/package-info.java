/**
 * What runs in containers. Nothing does, but where a container's command is {@code vllm serve} a simulated model server runs at
 * its pod's address, and where it is that of a workspace a played one does. Owns those servers, their printed lines, and what a container's environment and command come to; when a
 * container runs is the kubelet's to say.
 */
@NullMarked
package dev.penstock.simulators.cluster.container;

import org.jspecify.annotations.NullMarked;
