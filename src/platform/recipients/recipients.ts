import { Injectable } from '@nestjs/common';
import { Config } from '../config/index.js';
import { isAmong, isThisMachine, recipientsOf } from './recipients-of.js';

/** Whom this process may call by itself: those on the published list, and nobody else. */
@Injectable()
export class Recipients {
  private readonly hosts: readonly string[];

  constructor(config: Config) {
    this.hosts = recipientsOf(config).flatMap(({ hosts }) => hosts);
  }

  /** Why a host is not called, in words for the operator; null where it may be. */
  refusalOf(host: string): string | null {
    if (isThisMachine(host) || isAmong(host, this.hosts)) return null;
    return `${host} is not among the recipients that this deployment publishes at /privacy/processors, so it is not called.`;
  }
}
