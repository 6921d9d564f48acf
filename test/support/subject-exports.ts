import { Workspaces, newId } from '../../src/platform/database/index.js';
import type { Subject } from '../../src/platform/personal-data/index.js';
import { ReadExport } from '../../src/privacy/access/read-export.js';
import { StartExport } from '../../src/privacy/access/start-export.js';
import { eventually } from './client.js';
import type { InboxUnderTest, TestInbox } from './inbox.js';

/** What people are given of what is kept about them, as a test begins it and fetches it. */
export class SubjectExports {
  constructor(private readonly test: InboxUnderTest) {}

  /** Begins an export, waits until it is there, and gives its link. */
  async link(inbox: TestInbox, subject: Subject, language: 'en' | 'tr' = 'en') {
    const { app } = this.test.app;
    const requestId = newId();
    const { exportId } = await app
      .get(Workspaces)
      .run(inbox.workspaceId, (tx) => app.get(StartExport).begin(tx, subject, requestId, language));
    const found = await eventually(() =>
      app.get(Workspaces).read(inbox.workspaceId, (tx) => app.get(ReadExport).ofRequest(tx, requestId)),
    );
    return { ...found, exportId, requestId };
  }

  /** The bytes behind a link; throws where it does not open. */
  async fetched(url: string): Promise<Buffer> {
    const answer = await fetch(this.here(url));
    const type = answer.headers.get('content-type');
    if (answer.status !== 200 || type !== 'application/zip')
      throw new Error(`The link was answered ${String(answer.status)} with ${String(type)}.`);
    return Buffer.from(await answer.arrayBuffer());
  }

  async statusOf(url: string): Promise<number> {
    return (await fetch(this.here(url))).status;
  }

  /** Links name the public address; the server under test listens elsewhere. */
  private here(url: string): string {
    return url.replace(new URL(url).origin, this.test.app.url);
  }
}
