/** What a person fills in for each kind of account; the server's own field names, so that its refusals find their place. */
export const connectKinds = ['messenger', 'instagram', 'whatsapp', 'telegram', 'line'] as const;
export type ConnectKind = (typeof connectKinds)[number];

export interface ConnectField {
  name: string;
  required: boolean;
  secret?: boolean;
}

export const connectFields: Record<ConnectKind, readonly ConnectField[]> = {
  messenger: [
    { name: 'pageId', required: true },
    { name: 'pageAccessToken', required: true, secret: true },
  ],
  instagram: [
    { name: 'accountId', required: true },
    { name: 'pageId', required: false },
    { name: 'accessToken', required: true, secret: true },
  ],
  whatsapp: [
    { name: 'wabaId', required: true },
    { name: 'phoneNumberId', required: true },
    { name: 'accessToken', required: true, secret: true },
  ],
  telegram: [{ name: 'botToken', required: true, secret: true }],
  line: [
    { name: 'channelAccessToken', required: true, secret: true },
    { name: 'channelSecret', required: true, secret: true },
  ],
};
