import type { GraphClient, GraphRequest } from '../graph-client.js';
import { type Json, isJson } from '../../wire/reading.js';
import { reached } from '../../wire/answers.js';
import { isLater, unreached } from './issued-token.js';
import { ErrorCode } from '../../../platform/errors/index.js';
import { refusal } from '../../connect/refusal.js';

const maxPages = 20;

/** Every row of an edge of Graph, page by page; refuses in words where the platform does not give them. */
export async function listAll(graph: GraphClient, request: GraphRequest): Promise<Json[]> {
  const rows: Json[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const query = { limit: '100', ...request.query, ...(after !== null && { after }) };
    const answer = await reached(() => graph.call('facebook', { ...request, query }), unreached);
    if (answer.body === null || answer.error !== null || answer.status > 299) {
      throw refusal('CONSENT_UNTOLD', isLater(answer) ? { code: ErrorCode.UNAVAILABLE } : {});
    }
    rows.push(...(Array.isArray(answer.body['data']) ? (answer.body['data'] as unknown[]).filter(isJson) : []));
    after = nextPage(answer.body);
    if (after === null) break;
  }
  return rows;
}

/** Where the next page of a list begins; null on the last one. */
export function nextPage(body: Json): string | null {
  const paging = isJson(body['paging']) ? body['paging'] : {};
  const cursors = isJson(paging['cursors']) ? paging['cursors'] : {};
  return typeof paging['next'] === 'string' && typeof cursors['after'] === 'string' ? cursors['after'] : null;
}

/** An id as it is sent: text, or a number. Null for anything else, and for what could mean something in an address. */
export function assetId(value: unknown): string | null {
  const id = typeof value === 'number' ? String(value) : value;
  return typeof id === 'string' && /^[0-9A-Za-z_-]{1,64}$/.test(id) ? id : null;
}

/** A text that says something; null where there is none. */
export function wordsOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
