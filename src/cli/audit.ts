import { AuditCheckpoints, AuditHeads, type AuditVerdict, VerifyAudit } from '../platform/audit/index.js';
import { isUuid } from '../platform/database/index.js';
import { type Command, type Databases, Failed, Refused, WrongUsage } from './command.js';
import { deploymentKeys } from './deployment-keys.js';
import { table } from './table.js';

export const verifyAudit: Command = {
  name: 'audit verify',
  takes: '[WORKSPACE]',
  does: 'walks the audit log of a workspace, or of each, and names the first broken link',
  options: {},
  async run({ names }, databases) {
    const [wanted, ...more] = names;
    if (more.length > 0) throw new WrongUsage('Name one workspace, or none for all of them.');
    if (wanted !== undefined && !isUuid(wanted))
      throw new WrongUsage(`"${names.join(' ')}" is not the id of a workspace.`);
    const verification = await verificationOn(databases);
    const ids = wanted === undefined ? verification.workspaceIds() : [wanted.toLowerCase()];
    const verdicts: AuditVerdict[] = [];
    for await (const id of ids) {
      const verdict = await verification.verify(id);
      if (verdict !== null) verdicts.push(verdict);
      else if (wanted !== undefined) throw new Refused(`There is no workspace ${id}.`);
    }
    const broken = verdicts.filter((verdict) => verdict.broken !== null);
    const answer = { text: report(verdicts), json: { ok: broken.length === 0, workspaces: verdicts } };
    if (broken.length === 0) return answer;
    const which = broken.map(
      ({ workspaceId, broken: link }) => `${workspaceId}: entry ${link?.seq ?? ''}, ${link?.reason ?? ''}`,
    );
    throw new Failed(
      `${broken.length === 1 ? 'A log is' : `${String(broken.length)} logs are`} broken. ${which.join('; ')}.`,
      answer,
    );
  },
};

/** The checks themselves, with the keys that the server has. */
async function verificationOn({ system, workspaces }: Databases): Promise<VerifyAudit> {
  const { config, ring } = await deploymentKeys(system);
  return new VerifyAudit(workspaces, system, new AuditCheckpoints(ring), new AuditHeads(config, ring));
}

function report(verdicts: readonly AuditVerdict[]): string {
  if (verdicts.length === 0) return 'There is no workspace yet.';
  const rows = verdicts.map(({ workspaceId, entries, last, comparedOutside, broken }) => [
    workspaceId,
    String(entries),
    last,
    comparedOutside ? 'yes' : 'none is here',
    broken === null ? 'whole' : `entry ${broken.seq}: ${broken.reason}`,
  ]);
  return table(['WORKSPACE', 'ENTRIES', 'LAST', 'HEAD OUTSIDE', 'CHAIN'], rows);
}
