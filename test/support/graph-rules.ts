import { createHmac, timingSafeEqual } from 'node:crypto';
import { appSecret } from './app.js';

export type Json = Readonly<Record<string, unknown>>;

/** A refusal of Graph: code and subcode decide, and nobody may decide on the words. */
export class GraphError extends Error {
  constructor(
    readonly code: number,
    readonly subcode: number | null = null,
    readonly status = 400,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`(#${String(code)}) A message that nobody may decide on`);
  }
}

/** The proof that comes with every call: the token, signed with the app's secret. */
export function checkProof(proof: string | null, token: string): void {
  const right = createHmac('sha256', appSecret).update(token).digest('hex');
  if (proof === null || proof.length !== right.length || !timingSafeEqual(Buffer.from(proof), Buffer.from(right)))
    throw new GraphError(100);
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** Section "Send" of Messenger and Instagram: who, what kind, and no more text than they take. */
export function readPageSend(body: Json, instagram: boolean): { to: string; text: string } {
  const [to, message] = [record(body['recipient'])['id'], record(body['message'])];
  const { text, metadata } = message;
  if (typeof to !== 'string' || typeof text !== 'string' || text === '') throw new GraphError(100);
  if (!['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'].includes(String(body['messaging_type'])))
    throw new GraphError(100);
  if (body['messaging_type'] === 'MESSAGE_TAG' && body['tag'] !== 'HUMAN_AGENT') throw new GraphError(100);
  if (metadata !== undefined && (typeof metadata !== 'string' || metadata.length >= 1_000)) throw new GraphError(100);
  if (instagram ? Buffer.byteLength(text) > 1_000 : [...text].length >= 2_000) throw new GraphError(100);
  return { to, text };
}

/** The same of WhatsApp. */
export function readWhatsApp(body: Json): { to: string; text: string } {
  const to = body['to'] ?? body['recipient'];
  const text = record(body['text'])['body'];
  if (body['messaging_product'] !== 'whatsapp' || body['type'] !== 'text') throw new GraphError(131009);
  if (typeof to !== 'string' || typeof text !== 'string' || text === '') throw new GraphError(131008);
  if (text.length > 4_096) throw new GraphError(131009);
  return { to, text };
}
