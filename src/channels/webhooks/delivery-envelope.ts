/** A call to a channel's own address: whose it is, and the bytes as they came. */
interface AddressedCall {
  readonly channelId: string;
  readonly body: Buffer;
}

const head = /^\{"channel":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})","body":/;
const headLength = '{"channel":"","body":'.length + 36;

/**
 * Such a call as it is stored. The body does not say whose it is, so the channel of the address goes in front; the body is
 * not read, and what is JSON stays JSON, so that an item that was set aside can be applied as a delivery again.
 */
export function sealCall({ channelId, body }: AddressedCall): Buffer {
  return Buffer.concat([Buffer.from(`{"channel":"${channelId}","body":`), body, Buffer.from('}')]);
}

/**
 * The call in a stored delivery; null where it is none. Taken apart by position and never parsed as a whole: a body that
 * closes the brace and names another channel is only a body that is no JSON.
 */
export function openCall(stored: Buffer): AddressedCall | null {
  const channelId = head.exec(stored.toString('latin1', 0, headLength))?.[1];
  if (channelId === undefined || stored.at(-1) !== 0x7d) return null;
  return { channelId, body: stored.subarray(headLength, -1) };
}

/** The name under which calls to a channel's own address are routed. */
export function addressName(channelId: string): string {
  return `channel:${channelId}`;
}
