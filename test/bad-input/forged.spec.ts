import { createHmac } from 'node:crypto';
import { isSignedByMeta } from '../../src/channels/meta/signature.js';
import { believedForgeries } from './forged.js';

describe('webhooks that are not signed as they are (cases W1, W2)', () => {
  it.each(['page', 'instagram', 'whatsapp_business_account'])('are not believed for one bit: %s', (provider) => {
    expect(believedForgeries(provider, 1_000)).toEqual([]);
  });

  it('are not believed in any other form, or when nothing is signed with', () => {
    const secret = 'a secret';
    const body = Buffer.from('{"text":"\\u00fcr\\u00fcn",  "b":1 }');
    const hex = createHmac('sha256', secret).update(body).digest('hex');
    const right = `sha256=${hex}`;
    expect(isSignedByMeta(body, right, [secret])).toBe(true);
    const sha1 = `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`;
    const forms = [undefined, null, '', hex, right.toUpperCase(), `sha256=${hex.toUpperCase()}`, sha1, ` ${right}`];
    const more = [
      `${right} `,
      `${right}\n`,
      `${right},${right}`,
      [right],
      { value: right },
      right.slice(0, -2),
      `${right}00`,
    ];
    for (const form of [...forms, ...more]) expect(isSignedByMeta(body, form, [secret])).toBe(false);
    expect(isSignedByMeta(body, right, [])).toBe(false);
    expect(isSignedByMeta(body, right, ['another app'])).toBe(false);
    expect(isSignedByMeta(body, `sha256=${createHmac('sha256', '').update(body).digest('hex')}`, [secret])).toBe(false);
    // The same JSON, written anew.
    expect(isSignedByMeta(Buffer.from(JSON.stringify(JSON.parse(body.toString()))), right, [secret])).toBe(false);
  });
});
