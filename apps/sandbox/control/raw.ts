import { num, obj, str, type Obj } from '../json.ts';
import { metaJson } from '../signatures.ts';
import type { Signing } from '../webhooks/sender.ts';
import type { Platform } from '../graph/call.ts';
import { BadRequest } from './errors.ts';

/** Sends any body, signed rightly, wrongly or not at all, once or many times. */
export async function rawWebhook(platform: Platform, input: Obj): Promise<Obj> {
  const body = bytesOf(input);
  const repeat = Math.min(Math.max(num(input['repeat']) ?? 1, 1), 10_000);
  const parallel = Math.min(Math.max(num(input['parallel']) ?? 1, 1), 256);
  const secret =
    str(input['secret']) ?? (input['instagramSecret'] === true ? platform.world.app.instagramSecret : undefined);
  const url = str(input['url']);
  const headers = obj(input['headers']) as Record<string, string> | undefined;
  const delivery = {
    body,
    sign: (input['sign'] ?? true) as Signing,
    retry: input['retry'] === true,
    facts: { event: 'raw', bytes: body.length, ...(typeof input['body'] === 'object' && { body: input['body'] }) },
    ...(secret !== undefined && { secret }),
    ...(url !== undefined && { url }),
    ...(headers && { headers }),
  };
  const answers: Obj[] = [];
  let started = 0;
  const worker = async () => {
    while (started < repeat) {
      started += 1;
      const entry = await platform.webhooks.deliver(delivery);
      answers.push((entry['attempts'] as Obj[])[0] ?? {});
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return { sent: answers.length, acknowledged: answers.filter((answer) => answer['status'] === 200).length, answers };
}

/** An object travels as Meta writes JSON; text travels as it is; base64 for what is not text. */
function bytesOf(input: Obj): Buffer {
  const base64 = str(input['base64']);
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  const body = input['body'];
  if (body === undefined) throw new BadRequest('"body" (an object, or text to send as it is) or "base64" is needed.');
  return Buffer.from(typeof body === 'string' ? body : metaJson(body));
}
