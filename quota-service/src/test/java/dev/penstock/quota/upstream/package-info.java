@NullMarked
package dev.penstock.quota.upstream;

import org.jspecify.annotations.NullMarked;
