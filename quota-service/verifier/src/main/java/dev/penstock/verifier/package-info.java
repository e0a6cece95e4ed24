/**
 * Checks, away from every server, that the audit trail is what it was when it was sealed. Owns the formats of an entry, a checkpoint, a
 * bundle and a single-entry proof, the Merkle tree over the entries, and the program {@link dev.penstock.verifier.Verify}. Uses the JDK
 * alone, so that an auditor can read all that has to be trusted. Does not decide when to seal, where copies of a checkpoint go, or what
 * is recorded: that is the audit trail's own business, which writes through the types of this package and is checked by it.
 *
 * <p><b>Entry.</b> One line of canonical JSON (RFC 8785, with whole numbers only) in UTF-8, see {@link dev.penstock.verifier.EntryLine}.
 * Entry <i>i</i> has {@code index} <i>i</i>, from 0, without a gap.
 *
 * <p><b>Tree.</b> RFC 6962: leaf = SHA-256(0x00 ‖ line without its newline), node = SHA-256(0x01 ‖ left ‖ right), the empty tree is
 * SHA-256 of nothing. See {@link dev.penstock.verifier.MerkleTree}.
 *
 * <p><b>Checkpoint.</b> A C2SP tlog-checkpoint in a C2SP signed note with one extension line for the time:
 *
 * <pre>
 * origin, which is the key's name
 * tree size
 * base64 of the root
 * time 2026-01-31T12:00:00.000000Z
 *
 * — key-name base64(4 bytes key id ‖ 64 bytes Ed25519 signature over everything above the empty line)
 * </pre>
 *
 * <p><b>Bundle.</b> A zip of exactly {@code key.txt}, {@code checkpoints.txt} and {@code entries.jsonl}, see
 * {@link dev.penstock.verifier.BundleWriter}. <b>Single-entry proof.</b> A JSON file, see {@link dev.penstock.verifier.EntryProof}.
 *
 * <p>{@code docs/operations/verify.md} says the same for somebody who wants to write another verifier.
 */
@NullMarked
package dev.penstock.verifier;

import org.jspecify.annotations.NullMarked;
