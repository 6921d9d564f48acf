import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { accessRuleKey } from './allow.js';

const routeKeys = ['path'];
const operationKey = 'graphql:resolver_type';
const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

/** Keeps the server from starting while an operation or a route does not say who may call it. */
@Injectable()
export class AccessRulesCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const silent = [...this.operations()].filter(
      ({ handler }) => this.reflector.get(accessRuleKey, handler) === undefined,
    );
    if (silent.length > 0) {
      throw new Error(
        `Say who may call it with @Allow, @SignedIn or @Public: ${silent.map(({ name }) => name).join(', ')}`,
      );
    }
  }

  /** Every root GraphQL operation and HTTP route, by `Class.method`. */
  *operations(): Generator<{ name: string; handler: () => unknown }> {
    const wrappers = [...this.discovery.getControllers(), ...this.discovery.getProviders()];
    for (const { instance } of wrappers as { instance: unknown }[]) {
      if (typeof instance !== 'object' || instance === null) continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown> | null;
      if (prototype === null || prototype === Object.prototype) continue;
      for (const method of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[method] as () => unknown;
        const root: unknown = Reflect.getMetadata(operationKey, handler);
        const isOperation = typeof root === 'string' && rootTypes.has(root);
        const isRoute = routeKeys.some((key) => Reflect.hasMetadata(key, handler));
        if (isOperation || isRoute) yield { name: `${instance.constructor.name}.${method}`, handler };
      }
    }
  }
}
