import type { FastifyInstance } from 'fastify';
import type { Faults } from '../faults.ts';
import type { Ledger } from '../ledger.ts';
import type { ModelServer } from './model-server.ts';

/** The parts of the OpenAI-compatible server. */
export interface OpenAiParts {
  ledger: Ledger;
  faults: Faults;
  models: ModelServer;
}

/** The OpenAI-compatible server under /openai/v1. */
export function openaiRoutes(server: FastifyInstance, parts: OpenAiParts): void {
  server.get('/openai/v1/models', () => ({
    object: 'list',
    data: [{ id: 'sandbox', object: 'model', created: 1790000000, owned_by: parts.models.describe() ? 'sandbox' : '' }],
  }));
}
