import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Share } from './upload-places.js';

/**
 * Says of an upload, before anything of its body is read, whether it may come at all: throws for a caller who is nobody, or
 * may not, or has no room left for so many bytes (null where the caller does not say how many). Gives what it counts towards.
 */
type UploadDoor = (request: FastifyRequest, bytes: number | null) => Promise<readonly Share[]>;

/** The doors of the routes that take files. Who owns a route keeps its door; one without a door lets nobody in. */
@Injectable()
export class UploadDoors {
  private readonly doors = new Map<string, UploadDoor>();

  /** Sets the door of a route; called once, when a module starts. */
  keep(route: string, door: UploadDoor): void {
    this.doors.set(route, door);
  }

  /** Asks the door of a route. */
  async ask(route: string, request: FastifyRequest, bytes: number | null): Promise<readonly Share[]> {
    const door = this.doors.get(route);
    if (door === undefined) throw new Error(`Nobody keeps the door of ${route}.`);
    return door(request, bytes);
  }
}
