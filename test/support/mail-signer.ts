import { generateKeyPairSync } from 'node:crypto';
import DKIM from 'nodemailer/lib/dkim';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** What the name of every domain answers in specs. All have the same key: what counts is whose name a signature stands under. */
export const signersRecord = `v=DKIM1; k=rsa; p=${publicKey.replace(/-----[^-]+-----|\s/g, '')}`;

/** A `SenderCheck` that asks nobody, for `Object.assign`. */
export const signersNames = { lookUp: () => Promise.resolve([[signersRecord]]) };

/** The mail with the signature of a domain. */
export async function signed(domainName: string, raw: string): Promise<Buffer> {
  const mail = Buffer.from(raw.replace(/\r?\n/g, '\r\n'));
  const chunks: Buffer[] = [];
  for await (const chunk of new DKIM({ domainName, keySelector: 'k', privateKey }).sign(mail) as AsyncIterable<Buffer>)
    chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
