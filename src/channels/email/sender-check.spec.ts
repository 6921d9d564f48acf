import { mailFrom } from '../../../test/support/mail-host.js';
import { signed, signersRecord } from '../../../test/support/mail-signer.js';
import { SenderCheck } from './sender-check.js';

/** Names answer as this test says. */
class Checked extends SenderCheck {
  asked: string[] = [];
  answer: () => Promise<string[][]> = () => Promise.resolve([[signersRecord]]);
  override lookUp(name: string): Promise<string[][]> {
    this.asked.push(name);
    return this.answer();
  }
}

describe('who a mail says it is from', () => {
  const { raw } = mailFrom('Ada <ada@shop.example>');
  const two = (from: string) => mailFrom(from).raw;

  it('is proved by the signature of that domain', async () => {
    const check = new Checked();
    expect(await check.isAuthentic(await signed('shop.example', raw))).toBe(true);
    expect(check.asked).toEqual(['k._domainkey.shop.example']);
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['of no one', () => Promise.resolve(Buffer.from(raw))],
    ['of another domain', () => signed('evil.example', raw)],
    [
      'of another mail',
      async () => Buffer.from((await signed('shop.example', raw)).toString().replace('Hello', 'Pay me')),
    ],
    [
      'with a second sender',
      async () => Buffer.concat([Buffer.from('From: evil@evil.example\r\n'), await signed('shop.example', raw)]),
    ],
    [
      'with a second line that names nobody',
      async () => Buffer.concat([Buffer.from('From: The boss\r\n'), await signed('shop.example', raw)]),
    ],
    [
      'that is one of two, the other shown',
      () => signed('evil.example', two('Ada <ada@shop.example>, evil@evil.example')),
    ],
    ['that is one of two, and shown', () => signed('evil.example', two('evil@evil.example, Ada <ada@shop.example>'))],
    [
      'with an address for a name',
      () => signed('evil.example', two('"ada@shop.example <ada@shop.example>" <x@shop.example>')),
    ],
    ['of a domain below', () => signed('evil.shop.example.evil.example', raw)],
    [
      'of the beginning alone',
      async () =>
        Buffer.from((await signed('shop.example', raw)).toString().replace('d=shop.example;', 'd=shop.example; l=1;')),
    ],
    ...[
      'Authentication-Results: mx.shop.example; dkim=pass header.d=shop.example; spf=pass; dmarc=pass',
      'ARC-Authentication-Results: i=1; mx.shop.example; dkim=pass header.d=shop.example',
      'Received-SPF: pass (mx.shop.example: domain of ada@shop.example designates 1.2.3.4 as permitted sender)',
      'X-MS-Exchange-Authentication-Results: spf=pass; dkim=pass; dmarc=pass',
    ].map((header): [string, () => Promise<Buffer>] => [
      `that a header claims: ${header.slice(0, 40)}`,
      () => Promise.resolve(Buffer.from(`${header}\r\n${raw}`)),
    ]),
  ])('is not proved by a signature %s', async (_, mail) => {
    expect(await new Checked().isAuthentic(await mail())).toBe(false);
  });

  it('covers every line of the headers from which something follows, where that is asked for', async () => {
    const whole = (await signed('shop.example', raw)).toString();
    const check = (mail: string) => new Checked().isAuthentic(Buffer.from(mail), ['to', 'cc', 'date', 'message-id']);
    expect(await check(whole)).toBe(true);
    for (const line of [
      'To: privacy@parley.example',
      'CC : privacy@parley.example',
      'Date: Thu, 1 Jan 2026 00:00:00 +0000',
      'Message-ID: <new@x>',
    ]) {
      expect([line, await check(`${line}\r\n${whole}`)]).toEqual([line, false]);
      expect([line, await new Checked().isAuthentic(Buffer.from(`${line}\r\n${whole}`))]).toEqual([line, true]);
    }
    // What stands among the words is no header.
    expect(
      await check(
        (await signed('shop.example', mailFrom('ada@shop.example', { text: 'To: somebody' }).raw)).toString(),
      ),
    ).toBe(true);
  });

  it('is not proved where the key cannot be asked for, or nobody answers', async () => {
    const mail = await signed('shop.example', raw);
    const check = new Checked();
    check.answer = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    expect(await check.isAuthentic(mail)).toBe(false);
    check.answer = () => new Promise(() => undefined);
    expect(await check.isAuthentic(mail)).toBe(false);
  });
});
