/** The accounts that the pretend platforms have, one of each kind, and how each is connected. */
export const accounts = [
  {
    channel: 'messenger',
    accountId: '900000000000001',
    customerId: '7100000000000001',
    mutation: 'mutation ($input: ConnectMessengerInput!) { connect: connectMessenger(input: $input) { id } }',
    input: { pageId: '900000000000001', pageAccessToken: 'EAASANDBOXPAGE900000000000001TOKEN' },
  },
  {
    channel: 'instagram',
    accountId: '17841400000000002',
    customerId: '7200000000000002',
    mutation: 'mutation ($input: ConnectInstagramInput!) { connect: connectInstagram(input: $input) { id } }',
    input: { accountId: '17841400000000002', accessToken: 'IGAASANDBOX17841400000000002TOKEN' },
  },
  {
    channel: 'whatsapp',
    accountId: '660000000000001',
    customerId: '905550000099',
    mutation: 'mutation ($input: ConnectWhatsAppInput!) { connect: connectWhatsApp(input: $input) { id } }',
    input: {
      wabaId: '770000000000001',
      phoneNumberId: '660000000000001',
      accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
    },
  },
] as const;

/** One delivery as a platform writes it, with the ids that are its own. */
export interface RealDelivery {
  readonly channel: string;
  readonly kind: string;
  readonly ids: readonly string[];
  readonly body: unknown;
}

const metadata = { display_phone_number: '905550000001', phone_number_id: '660000000000001' };
/** What the pretend platforms send only after something was sent to them. */
const receipts: readonly RealDelivery[] = [
  ...['sent', 'delivered', 'read', 'failed'].map((status) => ({
    channel: 'whatsapp',
    kind: `status ${status}`,
    ids: [],
    body: {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '770000000000001',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata,
                statuses: [
                  {
                    id: 'wamid.sent-by-us',
                    status,
                    timestamp: '1790000000',
                    recipient_id: '905550000099',
                    biz_opaque_callback_data: '01930000-0000-7000-8000-000000000001',
                    ...(status === 'failed' && {
                      errors: [{ code: 131047, title: 'Re-engagement message', error_data: { details: 'x' } }],
                    }),
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  })),
  ...[
    { delivery: { mids: ['m_sent-by-us'], watermark: 1790000000000 } },
    { delivery: { watermark: 1790000000000 } },
    { read: { watermark: 1790000000000 } },
  ].map((item) => ({
    channel: 'messenger',
    kind: `receipt ${Object.keys(item).join()}`,
    ids: [],
    body: {
      object: 'page',
      entry: [
        {
          id: '900000000000001',
          time: 1790000000000,
          messaging: [
            {
              sender: { id: '7100000000000001' },
              recipient: { id: '900000000000001' },
              timestamp: 1790000000000,
              ...item,
            },
          ],
        },
      ],
    },
  })),
];

/** Every kind of delivery that the pretend platforms know. */
export async function realDeliveries(sandboxUrl: string): Promise<RealDelivery[]> {
  const play = async (body: unknown) => {
    const response = await fetch(`${sandboxUrl}/_sandbox/play`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { ok: response.ok, text: await response.text() };
  };
  const found: RealDelivery[] = [...receipts];
  for (const { channel, accountId, customerId } of accounts) {
    const asked = { channel, accountId, customerId, dryRun: true };
    const refused = await play({ ...asked, event: { kind: 'nothing like it' } });
    const kinds = /It knows: ([^"]+?)\.?"/.exec(refused.text)?.[1]?.split(', ') ?? [];
    for (const kind of kinds) {
      const { ok, text } = await play({ ...asked, event: { kind, targetId: 'm_somebody-elses' } });
      if (!ok) continue;
      const { ids, body } = JSON.parse(text) as { ids: string[]; body?: unknown };
      if (body !== undefined) found.push({ channel, kind, ids, body });
    }
  }
  if (found.length < 60) throw new Error(`The pretend platforms played ${String(found.length)} kinds only.`);
  return found;
}

/** The same delivery once more, of messages that are new. */
export function asNew(real: RealDelivery, number: number): unknown {
  let text = JSON.stringify(real.body);
  for (const id of real.ids) text = text.replaceAll(JSON.stringify(id), JSON.stringify(`${id}-${String(number)}`));
  return JSON.parse(text) as unknown;
}
