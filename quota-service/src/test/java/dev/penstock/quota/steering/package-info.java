@NullMarked
package dev.penstock.quota.steering;

import org.jspecify.annotations.NullMarked;
