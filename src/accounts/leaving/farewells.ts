import { Injectable } from '@nestjs/common';

/** Work that a deleted workspace still has to do elsewhere, and the tables that it reads to do it. */
export interface Farewell {
  /** The kind of job, scheduled when `WorkspaceDeleted` is told. */
  readonly kind: string;
  /** Tables whose rows stay until this work is done or was given up. */
  readonly reads: readonly string[];
}

/** What has to be said elsewhere before a deleted workspace is gone for good; modules to the right register it. */
@Injectable()
export class Farewells {
  private readonly registered: Farewell[] = [];

  register(farewell: Farewell): void {
    this.registered.push(farewell);
  }

  get kinds(): readonly string[] {
    return this.registered.map(({ kind }) => kind);
  }

  get tables(): ReadonlySet<string> {
    return new Set(this.registered.flatMap(({ reads }) => reads));
  }
}
