/**
 * The main job from beginning to end, played by the development personas over the public interfaces: a slice, an endpoint, a key, calls, limits,
 * the books and the proof. Owns what is asked, what is expected and what is printed; starts and stops nothing.
 */
@NullMarked
package dev.penstock.standalone.demo;

import org.jspecify.annotations.NullMarked;
