/**
 * Who gets a part of a GPU next, and who gives one back: the rule of the queue as a function of what is offered, held and waited for. Owns
 * nothing that lasts, reads no clock and knows no database, so that it can be tried by the thousand. What each rule is for stands in
 * docs/decisions/025-who-gets-a-part-next.md.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.platform.queue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
