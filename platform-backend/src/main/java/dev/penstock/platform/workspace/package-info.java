/**
 * The way into workspaces: tickets, sessions, the proxy in front of notebooks and editors, certificates for SSH and the jump host that they lead through. Owns who is let in and for how long.
 * Does not know how a workspace is put on a cluster; it asks {@code provisioning} where one answers, and nobody else.
 *
 * <p>The proxy is a server of its own at a port of its own within platform-backend. It trusts nothing that comes from either side: pages in a workspace are
 * their owner's program, and what they are sent is anybody's. See docs/decisions/028.
 */
@ApplicationModule(allowedDependencies = {"access", "provisioning", "slice", "ssh"})
@NullMarked
package dev.penstock.platform.workspace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
