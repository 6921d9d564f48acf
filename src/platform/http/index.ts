export { fastifyAdapter, isOwnOrigin, prepareFastify } from './fastify-app.js';
export { formBody } from './form-body.js';
export { serveDashboard } from './serve-dashboard.js';
export { serveWidget } from './serve-widget.js';
export { HttpModule } from './http.module.js';
export { OutgoingClient, OutgoingError, publicAddressesOf } from './outgoing-client.js';
export { isPublicAddress } from './public-address.js';
export type { OutgoingRequest, OutgoingResponse, OutgoingStream } from './outgoing-client.js';
