/** By which models a project's calls are answered, what that saved, and what comes before its budget refuses: what owners say and members read. */
@NullMarked
package dev.penstock.ui.policy;

import org.jspecify.annotations.NullMarked;
