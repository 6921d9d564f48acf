/** What a route can be asked for by. */
type RouteClass = 'a signed link' | 'a signed body that names accounts' | 'nothing of a workspace';

/**
 * Every HTTP route, by what another workspace's id could stand in. The suite fails while one is not named here. `/graphql`
 * is not among them: its operations are probed one by one.
 */
export const routeClasses: Readonly<Record<string, RouteClass>> = {
  'GET /files/:id': 'a signed link',
  'GET /health/live': 'nothing of a workspace',
  'GET /health/ready': 'nothing of a workspace',
  'GET /instance.json': 'nothing of a workspace',
  'GET /metrics': 'nothing of a workspace',
  'GET /notifications/unsubscribe': 'a signed link',
  'GET /.well-known/security.txt': 'nothing of a workspace',
  'GET /page-style': 'nothing of a workspace',
  'GET /policies/:kind': 'nothing of a workspace',
  'GET /policies/:kind/:version': 'nothing of a workspace',
  'GET /privacy': 'nothing of a workspace',
  'GET /privacy/processors': 'nothing of a workspace',
  // The code is one of 128 random bits; what it shows is a state and two times.
  'GET /privacy/requests/:code': 'nothing of a workspace',
  'GET /schema.graphql': 'nothing of a workspace',
  'GET /webhooks/meta': 'nothing of a workspace',
  'POST /notifications/unsubscribe': 'a signed link',
  // Only the platform can sign one, and an event goes where the stored binding of its account says.
  'POST /webhooks/meta': 'a signed body that names accounts',
};
