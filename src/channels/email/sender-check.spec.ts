import { generateKeyPairSync } from 'node:crypto';
import DKIM from 'nodemailer/lib/dkim';
import { mailFrom } from '../../../test/support/mail-host.js';
import { SenderCheck } from './sender-check.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const record = `v=DKIM1; k=rsa; p=${publicKey.replace(/-----[^-]+-----|\s/g, '')}`;

/** Names answer as this test says. */
class Checked extends SenderCheck {
  asked: string[] = [];
  answer: () => Promise<string[][]> = () => Promise.resolve([[record]]);
  override lookUp(name: string): Promise<string[][]> {
    this.asked.push(name);
    return this.answer();
  }
}

async function signed(domainName: string, raw: string): Promise<Buffer> {
  const stream = new DKIM({ domainName, keySelector: 'k', privateKey }).sign(
    Buffer.from(raw.replace(/\r?\n/g, '\r\n')),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('who a mail says it is from', () => {
  const { raw } = mailFrom('Ada <ada@shop.example>');

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
      'of the beginning alone',
      async () =>
        Buffer.from((await signed('shop.example', raw)).toString().replace('d=shop.example;', 'd=shop.example; l=1;')),
    ],
    [
      'that a header claims',
      () =>
        Promise.resolve(
          Buffer.from(`Authentication-Results: mx.shop.example; dkim=pass header.d=shop.example\r\n${raw}`),
        ),
    ],
  ])('is not proved by a signature %s', async (_, mail) => {
    expect(await new Checked().isAuthentic(await mail())).toBe(false);
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
