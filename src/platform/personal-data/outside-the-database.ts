/** Something that is kept outside the database, by the names that it has there. */
export interface OutsideDeclaration {
  /** Where it is, in words for the map. */
  readonly where: string;
  /** The whole name: a path below the folder, a key, a topic. */
  readonly name: RegExp;
  /** Whose data is in it, in words; `nobody’s` where there is none. */
  readonly whose: string;
  readonly what: string;
  readonly kept: string;
  /** By what it goes. */
  readonly erased: string;
}

const id = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const never = 'never: no personal data';

/** Every kind of file that a server writes, by its path below `DATA_DIR`; elsewhere where a variable says so, under the same name. */
export const filesKept: readonly OutsideDeclaration[] = [
  {
    where: '`files` (`STORAGE_URL`)',
    name: new RegExp(`^files/${id}/[0-9a-f]{2}/${id}(?:\\.small)?(?:\\.part)?$`),
    whose: 'contact, member, visitor',
    what: 'attachments, their small pictures, and copies that people asked for, named by ids',
    kept: 'as the rows of `files` and `subject_exports`',
    erased: 'with those rows',
  },
  {
    where: '`journal` (`JOURNAL_URL`)',
    name: /^journal\/journal\.jsonl$/,
    whose: 'nobody’s',
    what: 'ids and keyed digests of what a restore must not undo',
    kept: 'for good, as the record of the deletion',
    erased: never,
  },
  {
    where: '`backups` (`BACKUP_URL`)',
    name: /^backups\/(?:[\w.-]+\.backup(?:\.part)?|backups\.log)$/,
    whose: 'everybody’s',
    what: 'all of the database and the files, encrypted; what was made, checked and removed',
    kept: '90 days at most',
    erased: 'by rotation; a restore does every erasure again that the journal has',
  },
  {
    where: '`logs`',
    name: /^logs\/requests-\d{4}-\d{2}-\d{2}\.log$/,
    whose: 'user, visitor',
    what: 'the technical log: who called from where with what outcome, people and sessions by digest',
    kept: '`LOG_RETENTION_DAYS`',
    erased: 'lines of a deleted login at once; all by age',
  },
  {
    where: '`mail`, where no `SMTP_URL` is set',
    name: /^mail\/[\w.-]+\.eml(?:\.part)?$/,
    whose: 'user, contact',
    what: 'mails that would have been sent',
    kept: 'a week; they are looked at whenever one is written',
    erased: 'by age',
  },
  {
    where: '`audit`',
    name: new RegExp(`^audit/${id}\\.heads(?:\\.\\w+)?$`),
    whose: 'nobody’s',
    what: 'heads of the audit chains: ids and hashes',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
  },
  {
    where: '`*.json`, `parley.lock`',
    name: /^(?:(?:secrets|vapid|receipt-signing|backup-key)\.json|parley\.lock)$/,
    whose: 'nobody’s',
    what: 'keys that were generated, and the lock of the folder',
    kept: 'as long as the deployment',
    erased: never,
  },
];

/** Every key and topic of Redis, the whole of which may be lost: it wakes who works, and holds nothing by itself. */
export const redisNames: readonly OutsideDeclaration[] = [
  {
    where: 'Redis: `parley:news`',
    name: /^parley:news$/,
    whose: 'nobody’s',
    what: 'A word that a workspace has news: its id and the id of the process that tells it.',
    kept: 'not kept: heard or lost',
    erased: never,
  },
  {
    where: 'Redis: `parley:deliveries`',
    name: /^parley:deliveries$/,
    whose: 'nobody’s',
    what: 'A word that webhook calls have come.',
    kept: 'not kept: heard or lost',
    erased: never,
  },
  {
    where: 'Redis: `parley:passing`',
    name: /^parley:passing$/,
    whose: 'contact, member',
    what: 'Who looks and types: workspace, conversation and member by id. The words of a draft while it is written, encrypted and bound to workspace and draft. The hearer compares the workspace.',
    kept: 'not kept: heard or lost',
    erased: 'nothing is there to erase',
  },
  {
    where: 'Redis: `parley:site:<host>`',
    name: /^parley:site:[0-9a-f]{64}$/,
    whose: 'nobody’s',
    what: 'That a page of a host is being read, so that no other process asks the same host: the digest of its name.',
    kept: '20 seconds at most',
    erased: never,
  },
  {
    where: 'Redis: `parley:<kind>:<list>`',
    name: /^parley:[a-z-]+:(id|wait|active|delayed|stalled|stalled-check|meta-paused|paused|priority|completed|failed|added|drained|limiter|metrics:(completed|failed))$/,
    whose: 'nobody’s',
    what: 'Bull: lists of job numbers of one kind, and that one is empty.',
    kept: 'until done',
    erased: never,
  },
  {
    where: 'Redis: `parley:<kind>:waiting@<process>`',
    name: /^parley:[a-z-]+:(waiting|active)@[0-9a-f-]{36}$/,
    whose: 'nobody’s',
    what: 'Bull: the number of a job that waits or runs, told to one queue of one process.',
    kept: 'not kept: heard or lost',
    erased: never,
  },
  {
    where: 'Redis: `parley:<kind>:<number>`',
    name: /^parley:[a-z-]+:(\d+(:lock)?)?$/,
    whose: 'nobody’s',
    what: 'Bull: one job, which is a workspace and the id of a row in it. Its scripts are given the part before the number.',
    kept: 'until done',
    erased: never,
  },
];

/** What a line of the technical log says; all else of a request is never written. */
export const technicalLogFields: Readonly<Record<string, string>> = {
  at: 'when',
  ip: 'the address, of a user or visitor',
  browser: 'what the browser calls itself, of a user or visitor',
  session: 'the session, by digest',
  person: 'the login, by digest',
  requestId: 'the number of the request',
  method: 'its method',
  route: 'its route, never the address',
  status: 'how it was answered',
  ms: 'how long it took',
  errors: 'codes of refusals and failures',
};

/** What a line of the program's own log says, which goes to where the operator collects it. Ids and words of ours, nobody's data. */
export const programLogFields: Readonly<Record<string, string>> = {
  level: 'how grave it is',
  time: 'when',
  pid: 'the process',
  hostname: 'the machine',
  context: 'which part says it',
  msg: 'a sentence of ours',
  'req.id': 'the number of the request',
  'req.method': 'its method',
  'req.path': 'its path, without the query',
  'res.status': 'how it was answered',
  responseTime: 'how long it took',
  requestId: 'the number of the request',
  path: 'the place in the answer of an operation',
  operation: 'the name of an operation',
  reason: 'why, in words of ours',
  workspaceId: 'a workspace',
  provider: 'a company that is called',
  channelId: 'a channel',
  deliveryId: 'a webhook call',
  attempt: 'which try it was',
  mail: 'a mail, by its number',
  template: 'what kind of mail',
  tries: 'how often it was tried',
  err: 'an error',
  'err.text': 'a kind of error and its code',
  'err.at': 'places in the program',
};
