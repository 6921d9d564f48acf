import { z } from 'zod';
import { cleanInput } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { MessageRating } from '../enums.js';

/** The most characters of one message of a visitor. */
export const maxText = 5_000;
/** The most uploads of one message. */
const maxUploads = 5;

/** An e-mail address, as far as it can be told without writing to it. */
export const emailText = /^[^\s@<>"(),:;[\]\\]{1,64}@[^\s@<>"(),:;[\]\\]{1,190}$/u;

const words = (most: number) => z.string().max(most).transform(cleanInput);
const identity = z.strictObject({
  id: z.string().max(200).optional(),
  email: words(254).optional(),
  name: words(100).optional(),
  hash: z.string().max(4_096).optional(),
});

// Whatever is not named here is refused: a visitor sets these fields and no others.
const session = z.strictObject({
  key: z.string().max(64),
  visitorToken: z.string().max(200).nullish(),
  ticket: z.string().max(600).nullish(),
  identity: identity.nullish(),
});
const message = z.strictObject({
  text: z.string().max(maxText).nullish(),
  attachmentIds: z.array(z.string().max(200)).max(maxUploads).nullish(),
  idempotencyKey: z.string().min(1).max(100),
});
const typing = z.strictObject({ typing: z.boolean() });
const read = z.strictObject({ messageId: z.string().max(64).nullish() });
const rating = z.strictObject({ messageId: z.string().max(64), rating: z.enum(MessageRating).nullable() });

export type SessionInput = z.output<typeof session>;
export type MessageInput = z.output<typeof message>;

/** Checks what a call to the widget's interface brought; names the field at fault. */
function reader<Schema extends z.ZodType>(schema: Schema): (body: unknown) => z.output<Schema> {
  return (body) => {
    const parsed = schema.safeParse(body ?? {});
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const field = [...(issue?.path ?? []), ...keys].map(String).join('.').slice(0, 100);
    throw badInput(field, keys.length > 0 ? 'There is no such field.' : 'This cannot be taken as it is.');
  };
}

export const readSession = reader(session);
export const readMessage = reader(message);
export const readTyping = reader(typing);
export const readRead = reader(read);
export const readRating = reader(rating);
