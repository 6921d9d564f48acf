import { createHmac } from 'node:crypto';

/** What is signed: the same words with the same id each time that it is tried, so that a repeat is known as one. */
export interface UnsignedCall {
  readonly id: string;
  /** Seconds since 1970, of this attempt: who receives it refuses what is old, and so what somebody recorded. */
  readonly timestamp: number;
  readonly body: string;
}

const prefix = /^whsec_/;

/** The headers of a call as Standard Webhooks names them: one signature for each secret that is valid now. */
export function signedHeaders(
  { id, timestamp, body }: UnsignedCall,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const signed = `${id}.${String(timestamp)}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(prefix, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
