/** What a route can be asked for by. */
type RouteClass =
  | 'a signed link'
  | 'a signed body that names accounts'
  /** By the header or the query, as a member of it. */
  | 'a workspace'
  /** The same, and the id of something in it. */
  | 'a workspace, and the id of an import'
  | 'a workspace, and the id of a conversation'
  /** By the header alone, as a member of it: it takes a file. */
  | 'a workspace, with a file'
  /** 256 random bits, good in the session and the workspace that began it. */
  | 'a state that one session was given'
  /** What everybody may read, by its name. */
  | 'a public document'
  /** 128 random bits; it shows a state and times. */
  | 'a code that nobody can guess'
  /** 256 random bits behind the key of one chat: a visitor's own thread. */
  | "a visitor's token"
  /** 128 random bits that stand in the pages of a site. */
  | 'the public key of a chat'
  | 'the public key of a form'
  /** Another workspace's channel is answered as one that is not there, or refused for its secret. */
  | 'the id of a channel, with its secret'
  | 'nothing of a workspace';

/**
 * Every HTTP route, by what another workspace's id could stand in. The suite fails while one is not named here. `/graphql`
 * is not among them: its operations are probed one by one.
 */
export const routeClasses: Readonly<Record<string, RouteClass>> = {
  'GET /exports/audit.jsonl': 'a workspace',
  'GET /exports/contacts.csv': 'a workspace',
  'GET /exports/conversations/:id.json': 'a workspace, and the id of a conversation',
  'GET /exports/leads.csv': 'a workspace',
  'GET /exports/imports/:id/rejected.csv': 'a workspace, and the id of an import',
  'GET /files/:id': 'a signed link',
  // Who looks is asked, not the workspace: operators of the deployment see ids of all.
  'GET /admin/queues': 'nothing of a workspace',
  'GET /admin/queues/api/*': 'nothing of a workspace',
  'GET /admin/queues/queue/*': 'nothing of a workspace',
  'GET /admin/queues/static/*': 'nothing of a workspace',
  'GET /graphiql': 'nothing of a workspace',
  'GET /health/live': 'nothing of a workspace',
  'GET /health/ready': 'nothing of a workspace',
  'GET /instance.json': 'nothing of a workspace',
  'GET /metrics': 'nothing of a workspace',
  'GET /forms/v1/thanks': 'nothing of a workspace',
  'OPTIONS /forms/v1/:publicKey': 'the public key of a form',
  'POST /forms/v1/:publicKey': 'the public key of a form',
  'GET /notifications/unsubscribe': 'a signed link',
  'GET /.well-known/receipt-keys.json': 'nothing of a workspace',
  'GET /.well-known/security.txt': 'nothing of a workspace',
  'GET /oauth/instagram/callback': 'a state that one session was given',
  'GET /oauth/meta/callback': 'a state that one session was given',
  'GET /oauth/shopify/callback': 'a state that one session was given',
  'GET /page-style': 'nothing of a workspace',
  'GET /policies/:kind': 'a public document',
  'GET /policies/:kind/:version': 'a public document',
  'GET /privacy': 'nothing of a workspace',
  'GET /privacy/check-receipts.mjs': 'nothing of a workspace',
  'GET /privacy/exports/:id': 'a signed link',
  'GET /privacy/permissions': 'nothing of a workspace',
  'GET /privacy/processors': 'nothing of a workspace',
  'GET /privacy/requests/:code': 'a code that nobody can guess',
  'GET /privacy/requests/:code/receipt.json': 'a code that nobody can guess',
  'GET /privacy/requests/:code/verify': 'a signed link',
  'GET /privacy/verify': 'nothing of a workspace',
  'GET /privacy/verify-page.mjs': 'nothing of a workspace',
  'GET /schema.graphql': 'nothing of a workspace',
  'GET /set-up.json': 'nothing of a workspace',
  'GET /webhooks/meta': 'nothing of a workspace',
  'GET /widget.js': 'nothing of a workspace',
  'GET /widget/frame': 'the public key of a chat',
  'GET /widget/preview': 'nothing of a workspace',
  'GET /widget/preview.js': 'nothing of a workspace',
  'GET /widget/v1/events': "a visitor's token",
  'GET /widget/v1/messages': "a visitor's token",
  'POST /files': 'a workspace, with a file',
  'POST /notifications/unsubscribe': 'a signed link',
  'POST /privacy/requests': 'nothing of a workspace',
  'POST /privacy/requests/:code/verify': 'a signed link',
  // Only the platform can sign one, and an event goes where the stored binding of its account says.
  'POST /webhooks/meta': 'a signed body that names accounts',
  'GET /billing/pay': 'nothing of a workspace',
  'GET /billing/pay/script': 'nothing of a workspace',
  'POST /webhooks/billing/:merchant': 'a signed body that names accounts',
  'POST /webhooks/shopify': 'a signed body that names accounts',
  'POST /widget/v1/files': "a visitor's token",
  'POST /widget/v1/forget': "a visitor's token",
  'POST /widget/v1/handoff': "a visitor's token",
  'POST /widget/v1/messages': "a visitor's token",
  'POST /widget/v1/rating': "a visitor's token",
  'POST /widget/v1/read': "a visitor's token",
  'POST /widget/v1/sessions': 'the public key of a chat',
  'POST /widget/v1/typing': "a visitor's token",
  // Of which workspace somebody asks is found out afterwards, and told to nobody who asks.
  'POST /webhooks/meta/data-deletion': 'nothing of a workspace',
  'POST /webhooks/meta/deauthorize': 'a signed body that names accounts',
  'POST /webhooks/line/:channelId': 'the id of a channel, with its secret',
  'POST /webhooks/telegram/:channelId': 'the id of a channel, with its secret',
};
