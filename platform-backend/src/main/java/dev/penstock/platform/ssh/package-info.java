/**
 * Our own authority for SSH: it signs people's keys for one workspace and a short time. Owns the key and the format of OpenSSH's certificates. Does not
 * know who may have one.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.platform.ssh;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
