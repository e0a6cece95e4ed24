@NullMarked
package dev.penstock.quota.alias;

import org.jspecify.annotations.NullMarked;
