export { fastifyAdapter, isOwnOrigin, prepareFastify } from './fastify-app.js';
export { formBody } from './form-body.js';
export { serveDashboard } from './serve-dashboard.js';
export { HttpModule } from './http.module.js';
export { OutgoingClient, OutgoingError, isPublicAddress, publicAddressesOf } from './outgoing-client.js';
export type { OutgoingRequest, OutgoingResponse, OutgoingStream } from './outgoing-client.js';
