import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SplitDelivery } from '../../../src/channels/delivery-splitter.js';
import type { ChannelsUnderTest } from '../channels.js';
import type { GraphCall, GraphReply } from '../fake-graph.js';

/** A message of the business in the suite: whom it goes to, and what it answers. */
export const sent = {
  id: '0199a3c4-0000-7000-8000-000000000001',
  customer: '905550000099',
  replyTo: '905550000099:7',
} as const;

/** Everything that can leave beside a plain text. */
export const outgoingKinds = [
  'a reply',
  'quick replies',
  'more quick replies than there is room for buttons',
  'a template',
  'a reaction',
  'a reaction taken off',
  'typing',
  'seen',
] as const;
export type OutgoingKind = (typeof outgoingKinds)[number];

/** One call of a platform, in every part that counts. */
interface ExpectedCall {
  readonly path: string;
  readonly body: object;
}

/** One way to call the webhook: gives the status that it is answered with. */
type WebhookCall = (body: Buffer) => Promise<number>;

/**
 * What the suite must be told of a kind of channel: how its platform names things. Every definition has to have one; what the
 * suite then asks is the same of all.
 */
export interface ChannelSample {
  /** What the adapter finds in the settings of a channel whose account is `66`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly token: string;
  readonly webhookSecret?: string;
  /** The variable that says where the platform is. */
  readonly urlVariable: string;
  /** The name under which its events are routed. */
  readonly account: string;
  split(stored: Buffer): SplitDelivery;
  /** Stored calls that bring messages with these ids, one after the other; as many calls as the platform makes of them. */
  deliveries(ids: readonly string[]): Buffer[];
  /** Our name of a message that came with an id. */
  nameOf(id: string): string;
  /** A stored call with something that nobody knows, called `hologram`. */
  readonly unknown: Buffer;
  /** Stored calls with one message `a`, something that cannot be read, and one message `b`. */
  readonly oneBad: readonly Buffer[];
  /** How the platform says that it took a message, and our name of that message. */
  readonly accepted: GraphReply;
  readonly acceptedName: string;
  /** Whether a call of the platform is the send of `sent`, in every part that counts. */
  checkSend(call: GraphCall | undefined): void;
  /** How each kind is said to the platform; what is not named here, the channel cannot do, and no call is made for it. */
  readonly kinds: Readonly<Partial<Record<OutgoingKind, ExpectedCall>>>;
  /** A yes to what leaves no message behind. */
  readonly done: GraphReply;
  /** A refusal for the token, for a limit of 17 seconds, and for good. */
  readonly tokenRefused: GraphReply;
  readonly limited: GraphReply;
  readonly refused: GraphReply;
  /** The call that ends the access, `POST some/path`; and the answer of a platform that knows nothing of it any more. */
  readonly unsubscribe: RegExp;
  /** The webhook of a channel of this kind: as the platform calls it, and as somebody else would. */
  webhook(channels: ChannelsUnderTest): Promise<{
    readonly genuine: WebhookCall;
    readonly forged: Readonly<Record<string, WebhookCall>>;
  }>;
}

/** Calls a controller as Fastify does; gives the status. */
export async function callController(
  receive: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  let status = 200;
  const reply = {
    type: () => reply,
    status: (code: number) => ((status = code), reply),
    header: () => reply,
  };
  await receive({ body, headers } as unknown as FastifyRequest, reply as unknown as FastifyReply);
  return status;
}
