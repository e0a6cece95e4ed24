/**
 * The images that may run on slices that people work on: a list that administrators curate, by digest only. Owns the list and what a volume may be.
 * Does not know how an image is started, which is {@code provisioning}'s.
 */
@ApplicationModule(allowedDependencies = {"access", "slice", "ssh"})
@NullMarked
package dev.penstock.platform.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
