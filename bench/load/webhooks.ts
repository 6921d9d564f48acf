import { createHash, createHmac } from 'node:crypto';
import { appSecret } from '../../test/support/app.js';

/** The WhatsApp number of the n-th workspace of a bench. */
export function phoneNumberId(workspace: number): string {
  return String(660_000_000_000_000 + workspace);
}

/** The telephone number of a workspace's customer. */
export function customerNumber(workspace: number, customer: number): string {
  return String(905_000_000_000 + workspace * 100_000 + customer);
}

/** One message that a customer is to send. */
export interface Message {
  /** Its number in the run; stands at the front of its text, so that whoever sees it knows which it was. */
  readonly number: number;
  readonly workspace: number;
  readonly customer: number;
  /** What it says; else `textOf` its number. */
  readonly text?: string;
}

/** The message's id at WhatsApp: as long as theirs are, and in as little order. */
export function externalIdOf(prefix: string, number: number): string {
  const random = createHash('sha1')
    .update(`${prefix} ${String(number)}`)
    .digest('hex')
    .slice(0, 20)
    .toUpperCase();
  return `wamid.${Buffer.from(`\x1c\x18\x0c905550000099\x15\x02\x00\x12\x18\x14${random}\x00`, 'latin1').toString('base64')}`;
}

/** What a message says: some 60 bytes, as in a chat. */
export function textOf(number: number): string {
  return `${String(number)} is the order that I am still waiting for, please help`;
}

/** The whole HTTP request with which Meta delivers one message, signed. */
export function requestOf(host: string, prefix: string, { number, workspace, customer, text }: Message): Buffer {
  const from = customerNumber(workspace, customer);
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: String(770_000_000_000_000 + workspace),
        changes: [
          {
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '905550000001', phone_number_id: phoneNumberId(workspace) },
              contacts: [{ profile: { name: `Customer ${String(customer)}` }, wa_id: from }],
              messages: [
                {
                  from,
                  id: externalIdOf(prefix, number),
                  timestamp: String(Math.floor(Date.now() / 1_000)),
                  text: { body: text ?? textOf(number) },
                  type: 'text',
                },
              ],
            },
            field: 'messages',
          },
        ],
      },
    ],
  });
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  return Buffer.from(
    `POST /webhooks/meta HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\n` +
      `Content-Type: application/json\r\nX-Hub-Signature-256: sha256=${signature}\r\n` +
      `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
  );
}
