/**
 * The hash chain over the pieces of a take.
 *
 * Link n is SHA-256(link n-1 ‖ piece n ‖ nonce), and the link before the first piece is 32 zero bytes. The server works
 * the same links out from what arrives and stamps them with its own clock; so a piece that was changed, left out or
 * swapped on the way is noticed at once, and the nonce, which the server drew for this take alone, makes a chain that
 * was prepared beforehand worthless.
 */

/** Length of the nonce of a take in bytes. */
export const NONCE_BYTES = 16;
const LINK_BYTES = 32;

/** The link that stands before the first piece. */
export const FIRST_LINK = '00'.repeat(LINK_BYTES);

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** Reads hexadecimal text; throws a `RangeError` when it is none. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) {
    throw new RangeError(`expected hexadecimal text, found \`${text.slice(0, 80)}\``);
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** Puts byte strings one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The link of a piece, from the link before it. All hashes are hexadecimal text. */
export async function nextLink(previous: string, piece: Uint8Array, nonce: string): Promise<string> {
  return sha256(joined([fromHex(previous), piece, fromHex(nonce)]));
}
