/** What a person fills in for each kind of account; the server's own field names, so that its refusals find their place. */
export const connectKinds = ['messenger', 'instagram', 'whatsapp', 'telegram', 'line', 'email'] as const;
export type ConnectKind = (typeof connectKinds)[number];

export interface ConnectField {
  name: string;
  required: boolean;
  secret?: boolean;
  /** What is typed here is no number. */
  mode?: 'email' | 'url' | 'text';
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
  email: [
    { name: 'address', required: true, mode: 'email' },
    { name: 'password', required: true, secret: true },
    { name: 'imapUrl', required: true, mode: 'url' },
    { name: 'smtpUrl', required: true, mode: 'url' },
    { name: 'userName', required: false, mode: 'text' },
  ],
};
