import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { type AuditReport, audit, judge, readReport } from './advisories.js';
import { putOffAdvisories } from './put-off-advisories.js';

const advisory = (severity: string, name = 'fastify', id = 'GHSA-aaaa-bbbb-cccc') => ({
  source: 1,
  name,
  title: 'a hole',
  url: `https://github.com/advisories/${id}`,
  severity,
});
const report = (severity: string, place = 'node_modules/fastify'): AuditReport => ({
  auditReportVersion: 2,
  vulnerabilities: { fastify: { via: [advisory(severity), 'another'], nodes: [place] } },
});
const places = new Set(['node_modules/fastify']);
const today = new Date('2026-11-22T12:00:00Z');
const putOff = (seen: string) => [{ id: 'GHSA-aaaa-bbbb-cccc', seen, reason: 'that part is not in use' }];

/** A registry that knows one advisory, or answers as those do that know none. */
async function withRegistry<Result>(answers: boolean, work: (url: string) => Promise<Result>): Promise<Result> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (!answers || request.url !== '/-/npm/v1/security/advisories/bulk') {
        response.writeHead(answers ? 404 : 405, { 'content-type': 'application/json' }).end('{}');
        return;
      }
      const body = Buffer.concat(chunks);
      const asked = JSON.parse(
        (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString(),
      ) as Record<string, string[]>;
      const found =
        asked['fastify'] === undefined
          ? {}
          : { fastify: [{ ...advisory('critical'), id: 1, vulnerable_versions: '*', cwe: [], cvss: { score: 9 } }] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('the advisories about what ships (case O1, goal G26)', () => {
  it.each(['high', 'critical'])('fail the checks from %s on', (severity) => {
    expect(judge(report(severity), places, [], today)).toEqual({
      checked: true,
      failures: [`GHSA-aaaa-bbbb-cccc (${severity}) in fastify: a hole`],
      notes: [],
    });
  });

  it('are only noted below that, and where nothing of it ships', () => {
    expect(judge(report('moderate'), places, [], today).failures).toEqual([]);
    expect(judge(report('critical', 'node_modules/jest'), places, [], today)).toMatchObject({
      failures: [],
      notes: [expect.stringContaining('build only')],
    });
  });

  it('may be put off for seven days from the day on which they were seen, not longer and not from tomorrow', () => {
    expect(judge(report('high'), places, putOff('2026-11-16'), today).failures).toEqual([]);
    expect(judge(report('high'), places, putOff('2026-11-15'), today).failures).toEqual([
      'GHSA-aaaa-bbbb-cccc (high) in fastify: a hole; put off longer than 7 days',
    ]);
    expect(judge(report('high'), places, putOff('2026-11-30'), today).failures).toHaveLength(1);
    expect(judge(report('high'), places, putOff('some day'), today).failures).toHaveLength(1);
  });

  it('that are put off have each a reason', () => {
    for (const one of putOffAdvisories) {
      expect(one.reason).toMatch(/\w+ \w+ \w+/);
      expect(Date.parse(one.seen)).not.toBeNaN();
    }
  });

  it('are asked for over the wire, and found', async () => {
    const verdict = await withRegistry(true, (registry) => audit({ registry }));
    expect(verdict.failures).toEqual(['GHSA-aaaa-bbbb-cccc (critical) in fastify: a hole']);
  });

  it('are said not to be checked where the registry has no answer, which is never taken for a good one', async () => {
    const verdict = await withRegistry(false, (registry) => audit({ registry }));
    expect(verdict).toEqual({
      checked: false,
      failures: [],
      notes: ['the registry in use does not answer audits (405)'],
    });
    expect(readReport('')).toBe('npm gave no report');
    expect(readReport('{"auditReportVersion":2}')).toBe('the registry in use does not answer audits');
  });
});
