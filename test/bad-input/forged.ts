import { createHmac, randomBytes } from 'node:crypto';
import { isSignedByMeta } from '../../src/channels/meta/signature.js';
import { Random, seedOf } from './seed.js';

/** Turns one bit of bytes. */
function turned(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  return copy;
}

/** Tries so many signatures and bodies that differ from the right ones in one bit; gives those that were believed. */
export function believedForgeries(provider: string, count: number): string[] {
  const random = new Random(seedOf(`forged ${provider}`));
  const secrets = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  const believed: string[] = [];
  for (let tried = 0; tried < count; tried += 1) {
    const body = Buffer.from(
      `{"object":"${provider}","entry":[{"id":"${String(random.next())}","text":"\\u00fc \\/"}]}`,
    );
    const secret = random.pick(secrets);
    const header = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    if (!isSignedByMeta(body, header, secrets)) throw new Error('The right signature is not believed.');
    const [otherBody, otherHeader] = random.chance(0.5)
      ? [turned(random, body), header]
      : [body, turned(random, Buffer.from(header)).toString('latin1')];
    if (isSignedByMeta(otherBody, otherHeader, secrets)) believed.push(`${otherHeader} ${otherBody.toString()}`);
  }
  return believed;
}
